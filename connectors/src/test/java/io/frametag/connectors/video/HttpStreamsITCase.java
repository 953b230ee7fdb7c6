package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over HTTP, and where they may not lead. */
final class HttpStreamsITCase {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger foreignRequests = new AtomicInteger();
    private HttpServer server;
    private HttpServer foreign;

    @BeforeEach
    void serve() throws IOException {
        server = serverAt(this::answer);
        foreign =
                serverAt(
                        exchange -> {
                            foreignRequests.incrementAndGet();
                            answer(exchange);
                        });
    }

    private HttpServer serverAt(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer made =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        made.setExecutor(threads);
        made.createContext("/", handler);
        made.start();
        return made;
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop(0);
        foreign.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            String path = exchange.getRequestURI().getPath();
            byte[] content = files.get(path);
            if (path.startsWith("/to/")) {
                String target = new String(content, StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Location", target);
                exchange.sendResponseHeaders(302, -1);
            } else if (path.endsWith(".mjpg")) {
                sendPictures(exchange);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        } finally {
            exchange.close();
        }
    }

    /** As cameras do: one JPEG after another, without end. */
    private static void sendPictures(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        exchange.getResponseHeaders()
                .add("Content-Type", "multipart/x-mixed-replace; boundary=frame");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < 1_000; i++) {
            out.write(
                    ("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
                                    + jpeg.size()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(jpeg.toByteArray());
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    private String at(HttpServer which, String path) {
        return "http://127.0.0.1:" + which.getAddress().getPort() + path;
    }

    private static TestingCamera play(String uri) {
        return new TestingCamera(VideoStream.of("gate", uri), LiveCamerasITCase.quick());
    }

    private void file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private void segments() throws IOException {
        Path video = TestingVideos.of(25).encoder("libopenh264", 0).write(folder.resolve("a.ts"));
        files.put("/a.ts", Files.readAllBytes(video));
    }

    private static String playlist(String... entries) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:1\n");
        for (String entry : entries) {
            text.append("#EXTINF:1.0,\n").append(entry).append('\n');
        }
        return text.append("#EXT-X-ENDLIST\n").toString();
    }

    @Test
    void motionJpegIsReadAsItComes() {
        try (TestingCamera playing = play(at(server, "/cam.mjpg?token=canary"))) {
            await().atMost(SOON).until(() -> playing.frames().size() >= 20);
            Frame frame = playing.frames().get(10);
            assertThat(frame.picture().width()).isEqualTo(64);
            assertThat(frame.attributes()).containsEntry("timeSource", "arrival");
            assertThat(playing.reports().toString()).doesNotContain("canary");
        }
    }

    @Test
    void aPlaylistIsPlayedToItsEnd() throws Exception {
        segments();
        file("/live.m3u8", playlist("a.ts"));
        try (TestingCamera playing = play(at(server, "/live.m3u8"))) {
            await().atMost(SOON).until(playing::isFinished);
            playing.end();
            assertThat(playing.frames()).hasSize(25);
            assertThat(playing.last().state()).isEqualTo(StreamState.ENDED);
        }
    }

    /** Plays a playlist that has to be refused, and gives the reason. */
    private String refusal(String path) {
        try (TestingCamera playing = play(at(server, path))) {
            await().atMost(SOON).until(() -> playing.last().error() != null);
            assertThat(playing.last().state()).isEqualTo(StreamState.REFUSED);
            assertThat(playing.frames()).isEmpty();
            assertThat(foreignRequests).hasValue(0);
            assertThat(playing.last().error()).doesNotContain("\n");
            return playing.last().error();
        }
    }

    private String here(String text) {
        return text.replace("FOREIGN", String.valueOf(foreign.getAddress().getPort()))
                .replace("OWN", String.valueOf(server.getAddress().getPort()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "FILE:/etc/passwd",
                "concat:file:///etc/passwd|a.ts",
                "data:video/mp2t;base64,AAAA",
                "subfile,,start,0,end,9,,:/etc/passwd",
                "crypto:a.ts",
                "crypto+http://127.0.0.1:OWN/a.ts",
                "tcp://127.0.0.1:FOREIGN",
                "https://localhost:FOREIGN/a.ts?x=//127.0.0.1:OWN",
                "//127.0.0.1:FOREIGN/a.ts",
                "http://localhost:FOREIGN/a.ts",
                "http://localhost:OWN/a.ts",
                "http://127.0.0.1:FOREIGN/a.ts",
                "http://127.0.0.1:FOREIGN/nested.m3u8",
                "rtsp://127.0.0.1:OWN/a"
            })
    void aPlaylistLeadsNowhereElse(String entry) throws Exception {
        segments();
        // The one before it is good: nothing of such a playlist is played.
        file("/bad.m3u8", playlist("a.ts", here(entry)));

        assertThat(refusal("/bad.m3u8"))
                .contains("the playlist of http://127.0.0.1")
                .contains("names " + here(entry).replaceFirst("x=.*", "x=***"))
                .contains("not on the camera's own host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXT-X-KEY:METHOD=AES-128,URI=\"file:///etc/passwd\"",
                "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://keys/1\",KEYFORMAT=\"x\"",
                "#EXT-X-KEY:METHOD=AES-128,URI=file:///etc/passwd",
                "#EXT-X-MAP:URI=\"data:video/mp4;base64,AAAA\"",
                "#EXT-X-MAP:BYTERANGE=\"9@0\",URI=\"http://127.0.0.1:FOREIGN/a.mp4\"",
                "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"a\",URI=\"//127.0.0.1:FOREIGN/a.m3u8\""
            })
    void norDoItsTags(String tag) throws Exception {
        segments();
        file("/bad.m3u8", playlist("a.ts").replace("#EXTINF", here(tag) + "\n#EXTINF"));

        assertThat(refusal("/bad.m3u8")).contains("not on the camera's own host");
    }

    @Test
    void norDoPlaylistsInIt() {
        file("/master.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\nlow/index\n");
        file("/low/index", playlist("file:///etc/passwd"));
        assertThat(refusal("/master.m3u8")).contains("names file:///etc/passwd,");

        String elsewhere = at(foreign, "/low.m3u8");
        file("/master.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n" + elsewhere + "\n");
        assertThat(refusal("/master.m3u8")).contains("names " + elsewhere);
    }

    @Test
    void anEncryptedPlaylistIsRefusedAsSuch() throws Exception {
        segments();
        file(
                "/bad.m3u8",
                playlist("a.ts")
                        .replace("#EXTINF", "#EXT-X-KEY:METHOD=AES-128,URI=\"key\"\n#EXTINF"));

        assertThat(refusal("/bad.m3u8")).contains("encrypted HLS is not read");
    }

    @Test
    void pathsAndItsOwnAddressAreOfTheServer() throws Exception {
        segments();
        file("/deep/live.m3u8", playlist("/a.ts", "../a.ts", at(server, "/a.ts")));
        try (TestingCamera playing = play(at(server, "/deep/live.m3u8"))) {
            await().atMost(SOON).until(() -> playing.frames().size() >= 25);
            assertThat(playing.states()).doesNotContain(StreamState.REFUSED);
        }
    }

    @Test
    void aLivePlaylistThatTurnsBadIsRefusedThen() throws Exception {
        segments();
        String live = playlist("a.ts").replace("#EXT-X-ENDLIST\n", "");
        file("/live.m3u8", live);
        try (TestingCamera playing = play(at(server, "/live.m3u8"))) {
            await().atMost(SOON).until(() -> !playing.frames().isEmpty());
            file("/live.m3u8", live + "#EXTINF:1.0,\nfile:///etc/passwd\n");
            await().atMost(SOON).until(() -> playing.last().state() == StreamState.REFUSED);
            assertThat(playing.last().error()).contains("names file:///etc/passwd,");
        }
    }

    @Test
    void redirectsAreFollowedOnTheSameHostAlone() {
        file("/to/cam", "/cam.mjpg");
        file("/to/elsewhere", at(foreign, "/cam.mjpg"));
        file("/to/file", "file:///etc/passwd");
        file("/to/itself", "/to/itself");
        try (TestingCamera good = play(at(server, "/to/cam"));
                TestingCamera elsewhere = play(at(server, "/to/elsewhere"));
                TestingCamera file = play(at(server, "/to/file"));
                TestingCamera circle = play(at(server, "/to/itself"))) {
            await().atMost(SOON).until(() -> good.frames().size() > 3);
            for (TestingCamera bad : new TestingCamera[] {elsewhere, file, circle}) {
                await().atMost(SOON).until(() -> bad.last().state() == StreamState.REFUSED);
            }
            assertThat(elsewhere.last().error())
                    .contains("leads to another place, " + at(foreign, "/cam.mjpg"));
            assertThat(file.last().error()).contains("leads to another place, file:///etc/passwd");
            assertThat(circle.last().error()).contains("in circles");
            assertThat(foreignRequests).hasValue(0);
        }
    }

    @Test
    void aPasswordOpensAndItsLackIsTold() {
        server.removeContext("/");
        server.createContext("/", this::answer)
                .setAuthenticator(
                        new BasicAuthenticator("cameras") {
                            @Override
                            public boolean checkCredentials(String user, String password) {
                                return user.equals("me") && password.equals("canary/ :@");
                            }
                        });
        String open = at(server, "/cam.mjpg");
        String known = open.replace("//", "//me:canary%2F%20%3A%40@");
        try (TestingCamera good = play(known);
                TestingCamera wrong = play(open.replace("//", "//me:mistaken@"));
                TestingCamera none = play(open);
                TestingCamera missing = play(known.replace("cam.mjpg", "missing"))) {
            await().atMost(SOON).until(() -> good.frames().size() > 3);
            for (TestingCamera bad : new TestingCamera[] {wrong, none}) {
                await().atMost(SOON).until(() -> bad.last().state() == StreamState.REFUSED);
                assertThat(bad.last().error()).contains("(401)").doesNotContain("mistaken");
            }
            await().atMost(SOON).until(() -> missing.last().state() == StreamState.REFUSED);
            assertThat(missing.last().error()).contains("(404)").doesNotContain("canary");
        }
    }
}
