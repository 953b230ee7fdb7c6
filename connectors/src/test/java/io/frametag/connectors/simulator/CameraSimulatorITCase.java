package io.frametag.connectors.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.simulator.TestingCameraClient.Decoded;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What FFmpeg receives from simulated cameras. */
final class CameraSimulatorITCase {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final Map<String, String> TCP =
            Map.of("rtsp_transport", "tcp", "analyzeduration", "200000");
    static final Map<String, String> UDP =
            Map.of("rtsp_transport", "udp", "analyzeduration", "200000");

    private static final int FRAMES = 60;

    @TempDir static Path folder;

    private static Path file;
    private static List<Decoded> fromFile;

    @BeforeAll
    static void writeClip() throws Exception {
        file = folder.resolve("pattern.mp4");
        new TestPattern(320, 240, 15, FRAMES, 20).write(file);
        fromFile = read(file.toString(), Map.of());
        assertThat(fromFile).extracting(Decoded::number).hasSize(FRAMES).startsWith(0, 1, 2);
    }

    static List<Decoded> read(String uri, Map<String, String> options) throws Exception {
        try (TestingCameraClient client = new TestingCameraClient(uri, options, LIMIT)) {
            return client.receiveAll(LIMIT);
        }
    }

    @Test
    void tcpDeliversTheFramesOfTheFile() throws Exception {
        try (CameraSimulator simulator =
                CameraSimulator.builder()
                        .camera("cam1", file)
                        .framesPerSecond(150)
                        .rounds(1)
                        .start()) {
            List<Decoded> received = read(simulator.camera("cam1").uri(), TCP);

            assertThat(received).extracting(Decoded::number).isEqualTo(numbers());
            assertThat(received)
                    .extracting(Decoded::checksum)
                    .isEqualTo(fromFile.stream().map(Decoded::checksum).toList());
            assertThat(simulator.camera("cam1").framesSent()).isEqualTo(FRAMES);
            // FFmpeg gives the first frame of an RTSP stream no timestamp.
            assertThat(received.stream().skip(1).map(Decoded::ticks).toList())
                    .isEqualTo(LongStream.range(1, FRAMES).map(i -> i * 600).boxed().toList());
        }
    }

    @Test
    void udpDeliversTheFramesOfTheFile() throws Exception {
        try (CameraSimulator simulator =
                CameraSimulator.builder()
                        .camera("cam1", file)
                        .framesPerSecond(60)
                        .rounds(2)
                        .password("viewer", "secret", CameraSimulator.Authentication.DIGEST)
                        .start()) {
            List<Decoded> received = read(simulator.camera("cam1").loginUri(), UDP);

            List<Integer> twice = new ArrayList<>(numbers());
            twice.addAll(numbers());
            assertThat(received).extracting(Decoded::number).isEqualTo(twice);
            assertThat(received).noneMatch(Decoded::damaged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers-hevc.mp4", "numbers-reordered.mkv"})
    void otherCodingsDeliverTheFramesOfTheFile(String name) throws Exception {
        Path coded = folder.resolve(name);
        try (InputStream in = CameraSimulatorITCase.class.getResourceAsStream(name)) {
            Files.copy(in, coded);
        }
        List<Decoded> expected = read(coded.toString(), Map.of());
        try (CameraSimulator simulator =
                CameraSimulator.builder()
                        .camera("cam1", coded)
                        .framesPerSecond(150)
                        .rounds(2)
                        .start()) {
            List<Decoded> received = read(simulator.camera("cam1").uri(), TCP);

            List<Long> checksums = expected.stream().map(Decoded::checksum).toList();
            assertThat(received).hasSize(2 * expected.size()).hasSize(60);
            assertThat(received.stream().limit(30).map(Decoded::checksum).toList())
                    .isEqualTo(checksums);
            assertThat(received.stream().skip(30).map(Decoded::checksum).toList())
                    .isEqualTo(checksums);
            assertThat(received.stream().skip(1).map(Decoded::ticks).toList())
                    .isEqualTo(LongStream.range(1, 60).map(i -> i * 600).boxed().toList());
        }
    }

    @Test
    void reportsTellWhenAFrameWasTaken() throws Exception {
        try (CameraSimulator simulator =
                        CameraSimulator.builder()
                                .camera("cam1", file)
                                .framesPerSecond(60)
                                .reportsEvery(Duration.ofMillis(100))
                                .start();
                TestingCameraClient client =
                        new TestingCameraClient(simulator.camera("cam1").uri(), TCP, LIMIT)) {
            assertThat(client.receive(LIMIT, frame -> frame.number() == 10)).isTrue();
            long nowMicros = System.currentTimeMillis() * 1000;

            assertThat(nowMicros - client.wallClockMicros()).isBetween(-10_000L, 2_000_000L);
        }
    }

    @Test
    void aLiveCameraIsJoinedWhereItIs() throws Exception {
        try (CameraSimulator simulator =
                CameraSimulator.builder()
                        .camera("cam1", file)
                        .framesPerSecond(30)
                        .joinLive(true)
                        .start()) {
            String uri = simulator.camera("cam1").uri();
            try (TestingCameraClient first = new TestingCameraClient(uri, TCP, LIMIT)) {
                assertThat(first.receive(LIMIT, frame -> frame.number() >= 10)).isTrue();
            }
            try (TestingCameraClient second = new TestingCameraClient(uri, TCP, LIMIT)) {
                assertThat(second.receive(LIMIT, frame -> !frame.damaged())).isTrue();
                assertThat(second.frames().get(0).number()).isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    void passwordsAreAskedForInBothSchemes() throws Exception {
        for (CameraSimulator.Authentication scheme : CameraSimulator.Authentication.values()) {
            try (CameraSimulator simulator =
                    CameraSimulator.builder()
                            .camera("cam1", file)
                            .framesPerSecond(300)
                            .rounds(1)
                            .password("viewer", "se/cr:et @1", scheme)
                            .start()) {
                SimulatedCamera camera = simulator.camera("cam1");

                assertThat(read(camera.loginUri(), TCP)).hasSize(FRAMES);
                assertThat(errorOf(camera.uri(), TCP)).contains("401");
                assertThat(errorOf(camera.loginUri().replace("viewer", "other"), TCP))
                        .contains("401");
            }
        }
    }

    @Test
    void closeEndsThreadsAndFreesThePort() throws Exception {
        CameraSimulator simulator = CameraSimulator.builder().camera("cam1", file).start();
        int port = simulator.rtspPort();
        try (TestingCameraClient client =
                new TestingCameraClient(simulator.camera("cam1").uri(), TCP, LIMIT)) {
            assertThat(client.receive(LIMIT, frame -> frame.number() == 3)).isTrue();
            assertThat(simulator.camera("cam1").clients()).isEqualTo(1);

            simulator.close();

            assertThat(client.receive(LIMIT, frame -> frame.number() == 59)).isFalse();
        }
        awaitNoThreads();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    /** They are over when {@code close()} returns, but for their very last steps. */
    static void awaitNoThreads() {
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> threads().isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("camera-simulator"))
                .toList();
    }

    static String errorOf(String uri, Map<String, String> options) throws Exception {
        try (TestingCameraClient client = new TestingCameraClient(uri, options, LIMIT)) {
            return "none: " + client;
        } catch (TestingCameraClient.ConnectException e) {
            return e.getMessage();
        }
    }

    private static List<Integer> numbers() {
        return fromFile.stream().map(Decoded::number).toList();
    }
}
