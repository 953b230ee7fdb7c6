package io.frametag.connectors.simulator;

import static io.frametag.connectors.simulator.CameraSimulatorITCase.LIMIT;
import static io.frametag.connectors.simulator.CameraSimulatorITCase.TCP;
import static io.frametag.connectors.simulator.CameraSimulatorITCase.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.simulator.TestingCameraClient.ConnectException;
import io.frametag.connectors.simulator.TestingCameraClient.Decoded;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every fault does what it says, and the camera is well again once it is cleared. */
final class CameraFaultsITCase {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int FRAMES_PER_SECOND = 50;
    private static final int KEYFRAME_EVERY = 10;
    private static final int TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;

    @TempDir static Path folder;

    private static Path small;
    private static Path large;

    private CameraSimulator simulator;
    private SimulatedCamera camera;

    @BeforeAll
    static void writeClips() throws Exception {
        small = folder.resolve("small.mp4");
        new TestPattern(160, 96, FRAMES_PER_SECOND, 300, KEYFRAME_EVERY).write(small);
        large = folder.resolve("large.mp4");
        new TestPattern(320, 240, FRAMES_PER_SECOND, 100, KEYFRAME_EVERY).write(large);
    }

    @BeforeEach
    void start() throws Exception {
        simulator = CameraSimulator.builder().camera("cam1", small, large).start();
        camera = simulator.camera("cam1");
    }

    @AfterEach
    void closeEndsEverything() {
        simulator.close();
        CameraSimulatorITCase.awaitNoThreads();
        assertThat(camera.clients()).isZero();
    }

    private TestingCameraClient playing() throws ConnectException {
        TestingCameraClient client = new TestingCameraClient(camera.uri(), TCP, LIMIT);
        assertThat(client.receive(LIMIT, frame -> frame.number() >= 2)).isTrue();
        return client;
    }

    private static Decoded last(TestingCameraClient client) {
        return client.frames().get(client.frames().size() - 1);
    }

    @Test
    void stallKeepsTheConnectionAndLeavesAGap() throws Exception {
        try (TestingCameraClient client = playing()) {
            Decoded before = last(client);
            camera.inject(Fault.STALL);
            assertThat(client.receive(SHORT, frame -> false)).isFalse();
            long sent = camera.framesSent();
            assertThat(client.receive(SHORT, frame -> true)).isFalse();
            assertThat(camera.framesSent()).isEqualTo(sent);

            camera.clear(Fault.STALL);

            assertThat(client.receive(LIMIT, frame -> true)).isTrue();
            int first = last(client).number();
            assertThat(first).isGreaterThan(before.number() + 20);
            assertThat(first % KEYFRAME_EVERY).isZero();
            // FFmpeg gives the first frame behind a call that was ended no timestamp.
            assertThat(client.receive(LIMIT, frame -> true)).isTrue();
            Decoded after = last(client);
            assertThat(after.ticks() - before.ticks())
                    .isEqualTo((long) (after.number() - before.number()) * TICKS_PER_FRAME);
            assertThat(camera.streamsStarted()).isEqualTo(1);
        }
    }

    @Test
    void silentAcceptsAndNeverAnswers() throws Exception {
        camera.inject(Fault.SILENT);
        try (TestingRtspSocket socket = new TestingRtspSocket(simulator, "cam1")) {
            socket.waitAtMost(SHORT);
            assertThatThrownBy(() -> socket.ask("DESCRIBE"))
                    .isInstanceOf(SocketTimeoutException.class);

            camera.clear();

            assertThat(socket.ask("DESCRIBE")).startsWith("RTSP/1.0 200");
        }
    }

    @Test
    void dropClosesAndRefusesUntilCleared() throws Exception {
        try (TestingCameraClient client = playing()) {
            camera.inject(Fault.DROP);
            assertThat(client.receive(LIMIT, frame -> false)).isFalse();
            assertThat(camera.clients()).isZero();
            // A port is closed once the thread that accepts has let go of it.
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> errorOf(camera.uri(), TCP).equals("Connection refused"));
        }
        camera.clear();
        try (TestingCameraClient again = playing()) {
            assertThat(again.frames()).isNotEmpty();
        }
    }

    @Test
    void dropOfOneCameraLeavesTheOtherAlone() throws Exception {
        try (CameraSimulator two =
                CameraSimulator.builder().camera("a", small).camera("b", small).start()) {
            try (TestingCameraClient client =
                    new TestingCameraClient(two.camera("b").uri(), TCP, LIMIT)) {
                two.camera("a").inject(Fault.DROP);
                try (TestingRtspSocket socket = new TestingRtspSocket(two, "a")) {
                    assertThatThrownBy(() -> socket.ask("DESCRIBE"))
                            .isInstanceOf(EOFException.class);
                }
                assertThat(client.receive(LIMIT, frame -> frame.number() == 20)).isTrue();
            }
        }
    }

    @Test
    void resetIsSeenAsSuchAndHappensOnce() throws Exception {
        try (TestingRtspSocket socket = new TestingRtspSocket(simulator, "cam1").play()) {
            camera.inject(Fault.RESET);
            assertThatThrownBy(() -> readPackets(socket))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        playing().close();
    }

    private static void readPackets(TestingRtspSocket socket) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            socket.packet();
        }
    }

    @Test
    void wrongPasswordAndNotFoundCloseAndRefuseInWords() throws Exception {
        Map<Fault, String> words = Map.of(Fault.WRONG_PASSWORD, "401", Fault.NOT_FOUND, "404");
        for (Map.Entry<Fault, String> fault : words.entrySet()) {
            try (TestingCameraClient client = playing()) {
                camera.inject(fault.getKey());
                assertThat(client.receive(LIMIT, frame -> false)).isFalse();
                assertThat(errorOf(camera.uri(), TCP)).contains(fault.getValue());
            }
            camera.clear();
            playing().close();
        }
    }

    @Test
    void slowTakesItsTimeThenCatchesUp() throws Exception {
        try (TestingCameraClient client = playing()) {
            camera.inject(Fault.SLOW, 0.1);
            long start = System.nanoTime();
            int number = (int) camera.framesSent() + 6;
            assertThat(client.receive(LIMIT, frame -> frame.number() >= number)).isTrue();
            // In time, it would take an eighth of a second.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT);
            int slow = last(client).number();

            camera.clear();

            assertThat(client.receive(LIMIT, frame -> frame.number() > slow + 15)).isTrue();
            List<Decoded> frames = client.frames();
            assertThat(frames.get(frames.size() - 1).number())
                    .as("frames left out")
                    .isGreaterThan(frames.size());
            assertThat(camera.streamsStarted()).isEqualTo(1);
        }
    }

    @Test
    void garbageDamagesFramesAndNotTheConnection() throws Exception {
        try (TestingCameraClient client = playing()) {
            camera.inject(Fault.GARBAGE, 0.5);
            assertThat(client.receive(LIMIT, frame -> camera.framesSent() > 60)).isTrue();
            camera.clear();
            int damagedUpTo = (int) camera.framesSent() + 2;

            assertThat(
                            client.receive(
                                    LIMIT, frame -> frame.number() > damagedUpTo + KEYFRAME_EVERY))
                    .isTrue();
            assertThat(whole(client)).isLessThan((int) (damagedUpTo * 0.9));
            assertThat(camera.streamsStarted()).isEqualTo(1);
        }
    }

    /** Frames that came as they were. */
    private static long whole(TestingCameraClient client) {
        return client.frames().stream().filter(frame -> !frame.damaged()).count();
    }

    @Test
    void lossShowsInSequenceNumbers() throws Exception {
        try (TestingRtspSocket socket = new TestingRtspSocket(simulator, "cam1").play()) {
            camera.inject(Fault.LOSS, 0.5);
            int missing = 0;
            Integer before = null;
            for (int i = 0; i < 24; i++) {
                ByteBuffer packet = socket.packet();
                if (packet.get(0) == 0) {
                    int sequence = packet.getShort(3) & 0xffff;
                    missing += before == null ? 0 : (sequence - before & 0xffff) - 1;
                    before = sequence;
                }
            }
            assertThat(missing).isBetween(3, 100);
            assertThat(camera.packetsLost()).isGreaterThanOrEqualTo(missing);
        }
    }

    @Test
    void resolutionChangesInMidStreamAndBack() throws Exception {
        try (TestingCameraClient client = playing()) {
            assertThat(last(client).width()).isEqualTo(160);
            camera.inject(Fault.RESOLUTION_CHANGE);
            assertThat(client.receive(LIMIT, frame -> frame.width() == 320)).isTrue();
            assertThat(client.receive(LIMIT, frame -> frame.number() == 10)).isTrue();
            camera.clear();
            assertThat(client.receive(LIMIT, frame -> frame.width() == 160)).isTrue();
            List<Decoded> frames = client.frames();
            assertThat(frames.stream().skip(1).map(Decoded::ticks).toList()).isSorted();
            assertThat(frames).noneMatch(Decoded::damaged);
            assertThat(camera.streamsStarted()).isEqualTo(1);
        }
    }

    @Test
    void timestampsJumpByTheAmount() throws Exception {
        try (TestingCameraClient client = playing()) {
            Decoded before = last(client);
            camera.inject(Fault.TIMESTAMP_JUMP, 100);
            assertThat(client.receive(LIMIT, frame -> frame.ticks() > 100 * 90_000)).isTrue();
            Decoded after = last(client);
            long usual = (long) (after.number() - before.number()) * TICKS_PER_FRAME;
            assertThat(after.ticks() - before.ticks()).isEqualTo(usual + 100 * 90_000);
        }
    }

    @Test
    void endSaysByeAndHappensOnce() throws Exception {
        try (TestingRtspSocket socket = new TestingRtspSocket(simulator, "cam1").play()) {
            camera.inject(Fault.END);
            ByteBuffer last = socket.packet();
            try {
                for (int i = 0; i < 10_000; i++) {
                    last = socket.packet();
                }
            } catch (EOFException e) {
                // In order: no reset.
            }
            assertThat(last.get(0)).isEqualTo((byte) 1);
            assertThat(last.get(last.limit() - 7) & 0xff).as("RTCP type").isEqualTo(203);
        }
        playing().close();
    }

    @Test
    void silentClientsAreDroppedAndOthersKept() throws Exception {
        try (CameraSimulator strict =
                        CameraSimulator.builder()
                                .camera("cam1", small)
                                .sessionTimeout(Duration.ofSeconds(1))
                                .start();
                TestingRtspSocket silent = new TestingRtspSocket(strict, "cam1").play();
                TestingRtspSocket other = new TestingRtspSocket(strict, "cam1").play()) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(
                            () -> {
                                assertThat(other.ask("GET_PARAMETER")).contains("200 OK");
                                return strict.camera("cam1").clients() == 1;
                            });
            assertThatThrownBy(() -> readPackets(silent)).isInstanceOf(IOException.class);
            assertThat(other.ask("TEARDOWN")).contains("200 OK");
        }
    }

    @Test
    void badAmountsAndMissingClipsAreRefusedInWords() throws Exception {
        assertThatThrownBy(() -> camera.inject(Fault.LOSS, 1.5))
                .hasMessage(
                        "amount of fault loss (1.5) must be from 0.0 to 1.0: the share of packets"
                                + " that are lost");
        assertThatThrownBy(() -> Fault.of("fire")).hasMessageContaining("stall, silent, drop");
        try (CameraSimulator single = CameraSimulator.builder().camera("a", small).start()) {
            assertThatThrownBy(() -> single.camera("a").inject(Fault.RESOLUTION_CHANGE))
                    .hasMessageContaining("has no other clip");
        }
    }
}
