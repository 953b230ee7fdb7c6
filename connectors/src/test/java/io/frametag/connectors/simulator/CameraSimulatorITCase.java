package io.frametag.connectors.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.simulator.TestingCameraClient.Decoded;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FFmpeg receives from simulated cameras. */
final class CameraSimulatorITCase {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final Map<String, String> TCP = Map.of("rtsp_transport", "tcp");
    static final Map<String, String> UDP = Map.of("rtsp_transport", "udp");

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
        assertThat(threads()).isEmpty();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    static List<String> threads() {
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
