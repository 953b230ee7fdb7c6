package io.frametag.connectors.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The same cameras over HTTP: {@code /cam1.mjpg} is a multipart answer of JPEGs, {@code /cam1.ts}
 * one long transport stream, {@code /cam1/index.m3u8} a live playlist of short ones. Each client
 * has a thread of the pool while it is answered. Owns the server.
 */
final class HttpCameras implements AutoCloseable {

    private static final Pattern PATH =
            Pattern.compile(
                    "/([A-Za-z0-9._-]+?)(?:(\\.mjpg|\\.ts)|/(index\\.m3u8|(\\d{1,12})\\.ts))");

    private final HttpServer server;
    private final Map<String, SimulatedCamera> cameras;
    private final @Nullable Credentials credentials;
    private final Map<String, HlsWindow> windows = new ConcurrentHashMap<>();
    private final Map<String, Long> playlistTicks = new ConcurrentHashMap<>();
    private final JpegClips jpegs = new JpegClips();
    private final String nonce = UUID.randomUUID().toString();

    HttpCameras(
            SimulatorSettings settings,
            int port,
            Map<String, SimulatedCamera> cameras,
            ExecutorService threads)
            throws IOException {
        this.cameras = cameras;
        this.credentials = settings.credentials();
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getByName(settings.host()), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        SimulatedCamera camera = path.matches() ? cameras.get(path.group(1)) : null;
        if (camera == null) {
            refuse(exchange, 404);
            return;
        }
        HttpViewer viewer = new HttpViewer(exchange, camera);
        try {
            viewer.awaitVoice();
            if (camera.has(Fault.DROP)) {
                return;
            }
            if (camera.has(Fault.NOT_FOUND)) {
                refuse(exchange, 404);
            } else if (isAllowed(exchange, camera)) {
                serve(exchange, path, camera, viewer);
            } else {
                Credentials needed = credentials == null ? Credentials.UNKNOWN : credentials;
                exchange.getResponseHeaders().set("WWW-Authenticate", needed.challenge(nonce));
                refuse(exchange, 401);
            }
        } finally {
            viewer.close();
        }
    }

    private boolean isAllowed(HttpExchange exchange, SimulatedCamera camera) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return !camera.has(Fault.WRONG_PASSWORD)
                && (credentials == null
                        || credentials.match(given, exchange.getRequestMethod(), nonce));
    }

    private void serve(
            HttpExchange exchange, Matcher path, SimulatedCamera camera, HttpViewer viewer)
            throws IOException {
        if (".mjpg".equals(path.group(2))) {
            jpegs.of(camera.clip());
            viewer.play(JpegSender.CONTENT_TYPE, out -> new JpegSender(jpegs, out));
        } else if (".ts".equals(path.group(2))) {
            viewer.play("video/mp2t", out -> new TransportStreamSender(camera, out));
        } else {
            serveWindow(exchange, path.group(4), camera);
        }
    }

    private void serveWindow(
            HttpExchange exchange, @Nullable String segment, SimulatedCamera camera)
            throws IOException {
        HlsWindow window =
                windows.computeIfAbsent(camera.name(), name -> new HlsWindow(camera.clip()));
        long ticks = ticks(camera);
        if (segment == null) {
            byte[] list = window.playlist(ticks).getBytes(StandardCharsets.UTF_8);
            send(exchange, "application/vnd.apple.mpegurl", list);
            return;
        }
        long number = Long.parseLong(segment);
        if (window.has(number, ticks)) {
            send(exchange, "video/mp2t", window.segment(number));
            camera.countSent(window.framesIn(number), 0);
        } else {
            refuse(exchange, 404);
        }
    }

    /** The camera's time; it stands still while the camera stalls. */
    private long ticks(SimulatedCamera camera) {
        long now = AccessUnit.ticks(System.nanoTime() - camera.startNanos());
        return playlistTicks.merge(
                camera.name(), now, (old, next) -> camera.has(Fault.STALL) ? old : next);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
