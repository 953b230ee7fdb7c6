package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live stream against a camera that fails on demand; each fault has its row in the docs. */
final class LiveCamerasITCase {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir static Path folder;
    private static Path clip;
    private static Path large;
    private static final int LARGE_WIDTH = 320;

    private CameraSimulator simulator;
    private SimulatedCamera camera;

    @BeforeAll
    static void writeClips() throws Exception {
        clip = TestingVideos.of(50).encoder("libopenh264", 0).write(folder.resolve("clip.mp4"));
        large = folder.resolve("large.mp4");
        new TestPattern(LARGE_WIDTH, 240, 25, 50, 10).write(large);
    }

    @BeforeEach
    void start() throws Exception {
        simulator = CameraSimulator.builder().camera("gate", clip, large).start();
        camera = simulator.camera("gate");
    }

    @AfterEach
    void stop() {
        simulator.close();
        await().atMost(SOON).until(() -> grabThreads().isEmpty());
    }

    private static Set<String> grabThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("camera-gate"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static CameraSettings quick() {
        return CameraSettings.with(
                options ->
                        options.set(CameraOptions.CONNECT_TIMEOUT, Duration.ofMillis(600))
                                .set(CameraOptions.STALL_TIMEOUT, Duration.ofMillis(1500))
                                .set(CameraOptions.RETRY_FIRST, Duration.ofMillis(20))
                                .set(CameraOptions.RETRY_MOST, Duration.ofMillis(100))
                                .set(CameraOptions.RETRY_REFUSED, Duration.ofMillis(300)));
    }

    private TestingCamera play() {
        return new TestingCamera(VideoStream.of("gate", camera.uri()), quick());
    }

    private static void awaitFrames(TestingCamera playing, int more) {
        int before = playing.frames().size();
        await().atMost(SOON).until(() -> playing.frames().size() >= before + more);
    }

    private static void awaitState(TestingCamera playing, StreamState state) {
        await().atMost(SOON).until(() -> playing.last().state() == state);
    }

    private static void assertExact(TestingCamera playing) {
        playing.close();
        assertThat(playing.accountedFor())
                .as("every number given out is a frame or in a count")
                .isEqualTo(playing.nextSequence());
        assertThat(playing.frames().stream().map(Frame::sequence))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(playing.frames().stream().map(Frame::frameTime)).isSorted();
    }

    @Test
    void framesComeNumberedAndWithTheCamerasTime() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 40);

            assertThat(playing.states()).containsExactly(StreamState.CONNECTING, StreamState.UP);
            List<Frame> frames = playing.frames();
            assertThat(frames.get(39).attributes()).containsEntry("timeSource", "sender");
            assertThat(frames.get(39).frameTime() - frames.get(38).frameTime()).isBetween(39L, 41L);
            assertExact(playing);
        }
    }

    @Test
    void aStallIsToldAndEnds() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.STALL);
            awaitState(playing, StreamState.STALLED);
            assertThat(playing.last().error()).contains("no data within");
            camera.clear();
            awaitFrames(playing, 5);
            awaitState(playing, StreamState.UP);
            assertExact(playing);
        }
    }

    @Test
    void aSilentServerIsDownAndNotWaitedForLong() {
        camera.inject(Fault.SILENT);
        try (TestingCamera playing = play()) {
            awaitState(playing, StreamState.DOWN);
            assertThat(playing.last().error()).contains("does not answer within 600 ms");
            camera.clear();
            awaitFrames(playing, 5);
        }
    }

    @Test
    void aServerThatRefusesConnectionsIsDown() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.DROP);
            awaitState(playing, StreamState.DOWN);
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(playing.last().error())
                                            .contains("refuses connections"));
            camera.clear();
            awaitFrames(playing, 5);
            assertExact(playing);
        }
    }

    @Test
    void connectionsThatAreResetOrEndedAreMadeAnew() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.RESET);
            await().atMost(SOON).until(() -> camera.streamsStarted() >= 2);
            awaitFrames(playing, 5);
            camera.inject(Fault.END);
            await().atMost(SOON).until(() -> camera.streamsStarted() >= 3);
            awaitFrames(playing, 5);
            assertThat(playing.states())
                    .contains(StreamState.DOWN)
                    .doesNotContain(StreamState.ENDED);
            assertExact(playing);
        }
    }

    @Test
    void wrongPasswordsAndPathsAreRefusedAndSeldomTried() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.WRONG_PASSWORD);
            awaitState(playing, StreamState.REFUSED);
            assertThat(playing.last().error()).contains("(401)").contains("next try in 300 ms");
            camera.clear();
            camera.inject(Fault.NOT_FOUND);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(playing.last().error()).contains("(404)"));
            camera.clear();
            awaitFrames(playing, 5);
        }
    }

    @Test
    void anotherPictureSizeInMidStreamGoesOn() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.RESOLUTION_CHANGE);
            await().atMost(SOON)
                    .until(() -> lastOf(playing.frames()).picture().width() == LARGE_WIDTH);
            camera.clear();
            await().atMost(SOON)
                    .until(() -> lastOf(playing.frames()).picture().width() != LARGE_WIDTH);
            assertThat(camera.streamsStarted()).as("on one connection").isEqualTo(1);
            assertExact(playing);
        }
    }

    @Test
    void damagedPacketsAreCountedAndTheStreamGoesOn() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.GARBAGE, 0.3);
            await().atMost(SOON)
                    .until(
                            () ->
                                    playing.reports().stream()
                                            .anyMatch(r -> r.failed().containsKey("corrupt")));
            camera.clear();
            awaitFrames(playing, 10);
            assertThat(playing.last().state()).isEqualTo(StreamState.UP);
            assertExact(playing);
        }
    }

    @Test
    void timestampsThatJumpLeaveTheTimesInOrderAndNearTheClock() {
        try (TestingCamera playing = play()) {
            awaitFrames(playing, 5);
            camera.inject(Fault.TIMESTAMP_JUMP, 3600);
            awaitFrames(playing, 20);
            camera.inject(Fault.TIMESTAMP_JUMP, -7200);
            awaitFrames(playing, 20);

            for (Frame frame : playing.frames()) {
                assertThat(frame.frameTime())
                        .isBetween(frame.arrivalTime() - 5_000, frame.arrivalTime() + 2_000);
            }
            assertExact(playing);
        }
    }

    @Test
    void aPasswordIsUsedAndSeenNowhere() throws Exception {
        String secret = "canary/s3cret:x@ y";
        try (CameraSimulator locked =
                        CameraSimulator.builder()
                                .camera("gate", clip)
                                .password("viewer", secret, CameraSimulator.Authentication.DIGEST)
                                .start();
                TestingCamera playing =
                        new TestingCamera(
                                VideoStream.of("gate", locked.camera("gate").loginUri()), quick());
                TestingCamera wrong =
                        new TestingCamera(
                                VideoStream.of(
                                        "gate",
                                        locked.camera("gate")
                                                .loginUri()
                                                .replace("viewer", "canary")),
                                quick())) {
            awaitFrames(playing, 5);
            awaitState(wrong, StreamState.REFUSED);

            assertThat(playing.reports().toString() + wrong.reports())
                    .doesNotContain("canary", "viewer");
        }
    }

    /** As long as the clip, twice. */
    private static CameraSimulator recording() throws Exception {
        return CameraSimulator.builder().camera("gate", clip).rounds(2).start();
    }

    @Test
    void aRecordingWhoseServerDiesHasNotEnded() throws Exception {
        try (CameraSimulator server = recording();
                TestingCamera playing =
                        new TestingCamera(
                                VideoStream.of("gate", server.camera("gate").uri()), quick())) {
            awaitFrames(playing, 5);
            server.camera("gate").inject(Fault.RESET);
            await().atMost(SOON).until(() -> playing.states().contains(StreamState.DOWN));
            server.camera("gate").inject(Fault.DROP);
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(playing.last().error())
                                            .contains("refuses connections"));
            server.camera("gate").clear();
            awaitState(playing, StreamState.UP);

            assertThat(playing.reports().toString()).contains(" ms before its end");
            assertThat(playing.states()).doesNotContain(StreamState.ENDED);
            await().atMost(SOON).until(playing::isFinished);
            assertExact(playing);
            assertThat(playing.last().state()).isEqualTo(StreamState.ENDED);
        }
    }

    @Test
    void closingEndsWhateverAStreamWaitsFor() {
        camera.inject(Fault.SILENT);
        CameraSettings patient =
                CameraSettings.with(
                        o -> o.set(CameraOptions.CONNECT_TIMEOUT, Duration.ofMinutes(1)));
        TestingCamera playing = new TestingCamera(VideoStream.of("gate", camera.uri()), patient);
        await().atMost(SOON).until(() -> camera.connections() > 0);
        long start = System.nanoTime();

        playing.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private static Frame lastOf(List<Frame> frames) {
        return frames.get(frames.size() - 1);
    }
}
