package io.frametag.connectors.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for RTSP clients (RFC 2326): a thread accepts, each connection has a thread that answers
 * and one that streams, one more drops clients that went silent. Owns all sockets; {@link #close()}
 * closes them, which ends the threads.
 */
final class RtspServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RtspServer.class);
    private static final int BACKLOG = 64;
    private static final long LOOK_MILLIS = 250;

    private final SimulatorSettings settings;
    private final Map<String, SimulatedCamera> cameras;
    private final ExecutorService threads;
    private final InetSocketAddress address;
    private final UdpPorts udp;
    private final Set<RtspConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    private @Nullable ServerSocket listener;

    RtspServer(
            SimulatorSettings settings,
            Map<String, SimulatedCamera> cameras,
            ExecutorService threads)
            throws IOException {
        this.settings = settings;
        this.cameras = cameras;
        this.threads = threads;
        InetAddress host = InetAddress.getByName(settings.host());
        listener = new ServerSocket(settings.port(), BACKLOG, host);
        address = new InetSocketAddress(host, listener.getLocalPort());
        try {
            udp = UdpPorts.open(host);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    void start() {
        ServerSocket socket = listener;
        threads.execute(() -> accept(socket));
        threads.execute(udp);
        threads.execute(this::dropSilentClients);
    }

    int port() {
        return address.getPort();
    }

    /** Listens, or refuses connections. */
    synchronized void listen(boolean wanted) {
        if (closing.getCount() == 0 || wanted == (listener != null)) {
            return;
        }
        try {
            if (wanted) {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(address, BACKLOG);
                listener = socket;
                threads.execute(() -> accept(socket));
            } else {
                listener.close();
                listener = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "port " + port() + " can't be listened on again: " + e.getMessage(), e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                RtspConnection connection = new RtspConnection(client, this, threads);
                connections.add(connection);
                if (closing.getCount() == 0) {
                    connection.close();
                } else {
                    threads.execute(connection);
                }
            } catch (IOException | RejectedExecutionException e) {
                if (!socket.isClosed()) {
                    LOG.warn("A camera client could not be accepted: {}", e.toString());
                }
            }
        }
    }

    private void dropSilentClients() {
        long silentNanos = settings.sessionTimeout().toNanos();
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                for (RtspConnection connection : connections) {
                    if (connection.isStale(now, silentNanos)) {
                        connection.close();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The camera that this path names; null where there is none. */
    @Nullable SimulatedCamera camera(String path) {
        return cameras.get(path.split("/", 2)[0]);
    }

    boolean isAllowed(@Nullable String authorization, String method, String nonce) {
        Credentials needed = settings.credentials();
        return needed == null || needed.match(authorization, method, nonce);
    }

    String challenge(String nonce) {
        Credentials needed = settings.credentials();
        return (needed == null ? Credentials.UNKNOWN : needed).challenge(nonce);
    }

    Duration sessionTimeout() {
        return settings.sessionTimeout();
    }

    UdpPorts udp() {
        return udp;
    }

    void remove(RtspConnection connection) {
        connections.remove(connection);
        udp.remove(connection);
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        if (listener != null) {
            try {
                listener.close();
            } catch (IOException e) {
                LOG.warn("Port {} did not close: {}", port(), e.toString());
            }
            listener = null;
        }
        connections.forEach(RtspConnection::close);
        udp.close();
    }
}
