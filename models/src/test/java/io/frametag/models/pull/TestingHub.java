package io.frametag.models.pull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A hub on this machine that can do what servers do wrong. */
final class TestingHub implements AutoCloseable {

    /** What to do with one request, in place of answering it. */
    interface Fault {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, List<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private boolean ranges = true;

    TestingHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void put(String path, String content) {
        put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends that header with every answer to that path. */
    void header(String path, String name, String value) {
        headers.put(path, name + ": " + value);
    }

    /** The next requests for that path meet these, one each; the ones after are answered. */
    void fault(String path, Fault... next) {
        faults.computeIfAbsent(path, p -> Collections.synchronizedList(new ArrayList<>()))
                .addAll(List.of(next));
    }

    void withoutRanges() {
        ranges = false;
    }

    /** Each as {@code PATH} or {@code PATH bytes=N-}, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> requests(String path) {
        return requests().stream().filter(r -> r.split(" ")[0].equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(range == null ? path : path + " " + range);
            String header = headers.get(path);
            if (header != null) {
                exchange.getResponseHeaders().add(header.split(": ")[0], header.split(": ")[1]);
            }
            List<Fault> waiting = faults.getOrDefault(path, List.of());
            byte[] content = files.getOrDefault(path, new byte[0]);
            if (!waiting.isEmpty()) {
                waiting.remove(0).answer(exchange, content);
            } else if (!files.containsKey(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, content, ranges ? range : null);
            }
        }
    }

    private static void answer(HttpExchange exchange, byte[] content, @Nullable String range)
            throws IOException {
        int from = 0;
        if (range != null) {
            from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= content.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .add(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    static Fault status(int status) {
        return (exchange, content) -> exchange.sendResponseHeaders(status, -1);
    }

    static Fault redirect(String location) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Answers as if all came, from where the client asks, but breaks off after these bytes. */
    static Fault breakAfter(int bytes) {
        return (exchange, content) -> sendFirst(exchange, content, bytes).flush();
    }

    /** Sends these bytes and then nothing, until the hub is closed. */
    Fault stallAfter(int bytes) {
        return (exchange, content) -> {
            sendFirst(exchange, content, bytes).flush();
            awaitClose();
        };
    }

    /** Accepts the request and never answers it. */
    Fault silence() {
        return (exchange, content) -> awaitClose();
    }

    /** Sends one byte after the other, each by itself. */
    static Fault trickle() {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, content.length);
            for (byte b : content) {
                exchange.getResponseBody().write(b);
                exchange.getResponseBody().flush();
            }
        };
    }

    private static OutputStream sendFirst(HttpExchange exchange, byte[] content, int bytes)
            throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (range != null) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/*");
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
        exchange.getResponseBody().write(Arrays.copyOfRange(content, from, from + bytes));
        return exchange.getResponseBody();
    }

    private void awaitClose() throws IOException {
        try {
            if (!closed.await(60, TimeUnit.SECONDS)) {
                throw new IOException("the test does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
