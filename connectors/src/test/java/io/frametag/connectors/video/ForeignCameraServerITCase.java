package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.TestPattern;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live stream against an RTSP server that no one here wrote, GStreamer's. Skipped where it is not
 * installed; on Debian: {@code apt-get install python3-gi gir1.2-gst-rtsp-server-1.0
 * gstreamer1.0-plugins-good gstreamer1.0-plugins-bad}.
 */
@Tag("foreign")
final class ForeignCameraServerITCase {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int FRAMES = 60;
    private static final int FRAME_MILLIS = 40;

    @TempDir static Path folder;

    private static Path clip;
    private static Path script;

    @BeforeAll
    static void prepare() throws Exception {
        assumeThat(isInstalled())
                .as("GStreamer's RTSP server is installed; see this class for how")
                .isTrue();
        clip = folder.resolve("clip.mp4");
        new TestPattern(320, 240, 1000 / FRAME_MILLIS, FRAMES, 10).write(clip);
        script = folder.resolve("foreign-camera-server.py");
        String name = String.valueOf(script.getFileName());
        try (InputStream in = ForeignCameraServerITCase.class.getResourceAsStream(name)) {
            Files.copy(in, script);
        }
    }

    private static boolean isInstalled() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        String code =
                "import gi\ngi.require_version('GstRtspServer', '1.0')\n"
                        + "from gi.repository import Gst, GstRtspServer\nGst.init(None)\n"
                        + "for e in ('qtdemux', 'h264parse', 'rtph264pay', 'openh264enc'):\n"
                        + "    assert Gst.ElementFactory.find(e)";
        Process process =
                new ProcessBuilder(PYTHON, "-c", code)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        boolean ended = process.waitFor(20, TimeUnit.SECONDS);
        process.destroyForcibly();
        return ended && process.exitValue() == 0;
    }

    /** The server as a process; it ends with this one, for its standard input does. */
    private static final class Server implements AutoCloseable {

        private final Process process;
        private final int port;

        Server(int wanted) throws IOException {
            process =
                    new ProcessBuilder(
                                    PYTHON,
                                    script.toString(),
                                    clip.toString(),
                                    Integer.toString(wanted))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            port = Integer.parseInt(lines.readLine());
        }

        String uri(String path) {
            return "rtsp://127.0.0.1:" + port + "/" + path;
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** GStreamer starts to decode before it answers. */
    private static CameraSettings patient() {
        return CameraSettings.with(
                options ->
                        options.set(CameraOptions.CONNECT_TIMEOUT, Duration.ofSeconds(5))
                                .set(CameraOptions.STALL_TIMEOUT, Duration.ofSeconds(3))
                                .set(CameraOptions.RETRY_FIRST, Duration.ofMillis(100))
                                .set(CameraOptions.RETRY_MOST, Duration.ofMillis(500)));
    }

    private static void awaitFrames(TestingCamera playing, int count) {
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(playing.frames().size())
                                        .as(() -> "frames; " + playing.reports())
                                        .isGreaterThanOrEqualTo(count));
    }

    @Test
    void aRecordingComesWholeAndEnds() throws Exception {
        try (Server server = new Server(0);
                TestingCamera playing =
                        new TestingCamera(VideoStream.of("gate", server.uri("file")), patient())) {
            await().atMost(SOON).until(playing::isFinished);

            List<Frame> frames = playing.frames();
            assertThat(frames).hasSize(FRAMES);
            // Times are those of arrival up to the server's first report, then the server's own.
            long played = frames.get(FRAMES - 1).frameTime() - frames.get(0).frameTime();
            assertThat(played)
                    .isBetween(FRAMES * FRAME_MILLIS - 800L, FRAMES * FRAME_MILLIS + 800L);
            assertThat(playing.last().state()).isEqualTo(StreamState.ENDED);
            assertExact(playing);
        }
    }

    @Test
    void aKilledServerIsDownAndFoundAgain() throws Exception {
        Server first = new Server(0);
        try (TestingCamera playing =
                new TestingCamera(VideoStream.of("gate", first.uri("live")), patient())) {
            awaitFrames(playing, 10);
            first.close();
            await().atMost(SOON).until(() -> playing.last().state() == StreamState.DOWN);
            int before = playing.frames().size();
            try (Server second = new Server(first.port)) {
                awaitFrames(playing, before + 10);
                assertThat(second.port).isEqualTo(first.port);
            }
            assertExact(playing);
        } finally {
            first.close();
        }
    }

    private static void assertExact(TestingCamera playing) {
        playing.close();
        assertThat(playing.accountedFor()).isEqualTo(playing.nextSequence());
        assertThat(playing.frames().stream().map(Frame::sequence))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(playing.frames().stream().map(Frame::frameTime)).isSorted();
    }
}
