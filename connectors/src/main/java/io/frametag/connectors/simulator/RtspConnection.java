package io.frametag.connectors.simulator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's RTSP connection and the one stream on it. Requests are read and answered on a thread
 * of its own; the stream writes from another. Owns the socket.
 */
final class RtspConnection implements Runnable, CameraClient {

    private static final Logger LOG = LoggerFactory.getLogger(RtspConnection.class);
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    private final Socket socket;
    private final RtspServer server;
    private final Executor threads;
    private final Random random = new Random();
    private final String nonce = UUID.randomUUID().toString();
    private final String session = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
    private final Object writing = new Object();

    private @Nullable Transport transport;
    private volatile @Nullable SimulatedCamera camera;
    private volatile @Nullable CameraStream stream;
    private volatile boolean closed;
    private volatile long activeNanos = System.nanoTime();
    private volatile long writesSinceNanos = Long.MAX_VALUE;

    RtspConnection(Socket socket, RtspServer server, Executor threads) {
        this.socket = socket;
        this.server = server;
        this.threads = threads;
    }

    @Override
    public void run() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            RtspMessage request = RtspMessage.read(in, this::touch);
            while (request != null && !closed) {
                touch();
                answer(request);
                request = RtspMessage.read(in, this::touch);
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.debug("A client's connection ended: {}", e.toString());
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The simulator closed while a client asked for a stream");
        } finally {
            close();
        }
    }

    private void answer(RtspMessage request) throws IOException {
        SimulatedCamera named = server.camera(request.path());
        join(named);
        if (named != null && named.has(Fault.DROP)) {
            close();
        } else if (named == null || !named.has(Fault.SILENT)) {
            RtspAnswer answer = answerTo(request, named);
            String sequence = request.header("CSeq");
            write(answer.bytes(sequence == null ? "0" : sequence));
            CameraStream started = stream;
            if (request.method().equals("PLAY") && answer.status() == 200 && started != null) {
                threads.execute(started);
            }
        }
    }

    private void join(@Nullable SimulatedCamera named) {
        if (camera == null && named != null) {
            camera = named;
            named.add(this);
            if (closed) {
                named.remove(this);
            }
        }
    }

    private RtspAnswer answerTo(RtspMessage request, @Nullable SimulatedCamera named) {
        if (request.header("CSeq") == null) {
            return RtspAnswer.of(400);
        }
        // Some clients ask for the methods of no camera in particular.
        if (request.method().equals("OPTIONS") && (named == null || !named.has(Fault.NOT_FOUND))) {
            return RtspAnswer.of(200).header("Public", METHODS);
        }
        if (named == null || named != camera || named.has(Fault.NOT_FOUND)) {
            return RtspAnswer.of(404);
        }
        if (!isAllowed(request, named)) {
            return RtspAnswer.of(401).header("WWW-Authenticate", server.challenge(nonce));
        }
        return switch (request.method()) {
            case "DESCRIBE" -> describe(request, named);
            case "SETUP" -> setUp(request);
            case "PLAY", "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN" -> inSession(request, named);
            default -> RtspAnswer.of(405).header("Allow", METHODS);
        };
    }

    private boolean isAllowed(RtspMessage request, SimulatedCamera named) {
        return !named.has(Fault.WRONG_PASSWORD)
                && server.isAllowed(request.header("Authorization"), request.method(), nonce);
    }

    private static RtspAnswer describe(RtspMessage request, SimulatedCamera named) {
        String base = request.uri().replaceFirst("/*$", "/");
        return RtspAnswer.of(200)
                .header("Content-Base", base)
                .body(
                        "application/sdp",
                        SessionDescription.of(named.name(), named.clip(), named.lengthTicks()));
    }

    private RtspAnswer setUp(RtspMessage request) {
        if (stream != null) {
            return RtspAnswer.of(455);
        }
        Transport chosen = Transport.choose(request.header("Transport"));
        if (chosen == null) {
            return RtspAnswer.of(461);
        }
        transport = chosen;
        return RtspAnswer.of(200)
                .header("Transport", transportHeader(chosen))
                .header("Session", session + ";timeout=" + server.sessionTimeout().toSeconds());
    }

    private String transportHeader(Transport chosen) {
        return chosen.interleaved()
                ? "RTP/AVP/TCP;unicast;interleaved=%d-%d".formatted(chosen.first(), chosen.second())
                : "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d"
                        .formatted(
                                chosen.first(),
                                chosen.second(),
                                server.udp().firstPort(),
                                server.udp().firstPort() + 1);
    }

    private RtspAnswer inSession(RtspMessage request, SimulatedCamera named) {
        String given = request.header("Session");
        boolean isKeepAlive = request.method().endsWith("_PARAMETER");
        if (transport == null || given != null && !given.split(";")[0].trim().equals(session)) {
            return RtspAnswer.of(isKeepAlive && given == null ? 200 : 454);
        }
        return switch (request.method()) {
            case "PLAY" -> play(request, named);
            case "TEARDOWN" -> {
                stopStream();
                transport = null;
                yield RtspAnswer.of(200).header("Session", session);
            }
            default -> RtspAnswer.of(200).header("Session", session);
        };
    }

    private RtspAnswer play(RtspMessage request, SimulatedCamera named) {
        if (stream != null) {
            return RtspAnswer.of(455);
        }
        RtpSender sender = new RtpSender(named, output(), random);
        stream = new CameraStream(named, sender, this::close);
        named.countStream();
        String track = request.uri().replaceFirst("/*$", "/") + SessionDescription.TRACK;
        return RtspAnswer.of(200)
                .header("Session", session)
                .header("Range", "npt=now-")
                .header("RTP-Info", sender.rtpInfo(track));
    }

    private RtpOutput output() {
        return transport.interleaved()
                ? new InterleavedOutput(this, transport)
                : server.udp().to(socket.getInetAddress(), transport, this);
    }

    /** Writes all of it; one writer at a time. */
    void write(byte[] bytes) throws IOException {
        synchronized (writing) {
            writesSinceNanos = System.nanoTime();
            socket.getOutputStream().write(bytes);
            writesSinceNanos = Long.MAX_VALUE;
        }
    }

    void touch() {
        activeNanos = System.nanoTime();
    }

    /** Whether the client said nothing for so long, or read nothing, that it must be gone. */
    boolean isStale(long nowNanos, long silentNanos) {
        long since = writesSinceNanos;
        return nowNanos - activeNanos > silentNanos
                || since != Long.MAX_VALUE && nowNanos - since > silentNanos;
    }

    @Override
    public boolean isPlaying() {
        return stream != null && !closed;
    }

    @Override
    public void end() {
        CameraStream playing = stream;
        if (playing != null) {
            playing.end();
        }
    }

    @Override
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.debug("A connection to be reset is gone already: {}", e.toString());
        }
        close();
    }

    @Override
    public void close() {
        closed = true;
        stopStream();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A client's connection did not close: {}", e.toString());
        }
        SimulatedCamera joined = camera;
        if (joined != null) {
            joined.remove(this);
        }
        server.remove(this);
    }

    private void stopStream() {
        CameraStream playing = stream;
        if (playing != null) {
            playing.stop();
            stream = null;
        }
    }
}
