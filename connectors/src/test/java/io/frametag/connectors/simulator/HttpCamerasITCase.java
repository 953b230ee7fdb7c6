package io.frametag.connectors.simulator;

import static io.frametag.connectors.simulator.CameraSimulatorITCase.LIMIT;
import static io.frametag.connectors.simulator.CameraSimulatorITCase.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.simulator.TestingCameraClient.Decoded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FFmpeg receives from simulated cameras over HTTP. */
final class HttpCamerasITCase {

    private static final Map<String, String> QUICK = Map.of("analyzeduration", "200000");
    private static final int FRAMES = 60;

    @TempDir static Path folder;

    private static Path file;

    private CameraSimulator simulator;
    private SimulatedCamera camera;

    @BeforeAll
    static void writeClip() throws Exception {
        file = folder.resolve("pattern.mp4");
        new TestPattern(320, 240, 30, FRAMES, 15).write(file);
    }

    @AfterEach
    void closeEndsEverything() {
        simulator.close();
        CameraSimulatorITCase.awaitNoThreads();
        assertThat(camera.clients()).isZero();
    }

    private void start(CameraSimulatorBuilder builder) throws Exception {
        simulator = builder.camera("cam1", file).httpPort(0).start();
        camera = simulator.camera("cam1");
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, FRAMES).boxed().toList();
    }

    @Test
    void transportStreamsDeliverTheFramesOfTheFile() throws Exception {
        start(CameraSimulator.builder().framesPerSecond(150).rounds(1));

        List<Decoded> received = CameraSimulatorITCase.read(camera.transportStreamUri(), Map.of());

        assertThat(received).extracting(Decoded::number).isEqualTo(numbers());
        assertThat(received).noneMatch(Decoded::damaged);
        long first = received.get(0).ticks();
        assertThat(received.stream().map(frame -> frame.ticks() - first).toList())
                .isEqualTo(IntStream.range(0, FRAMES).mapToObj(i -> i * 600L).toList());
    }

    @Test
    void jpegsShowTheFramesOfTheFileAndNeedThePassword() throws Exception {
        start(
                CameraSimulator.builder()
                        .framesPerSecond(150)
                        .rounds(1)
                        .password("viewer", "secret", CameraSimulator.Authentication.BASIC));
        String uri = camera.mjpegUri();

        List<Decoded> received = CameraSimulatorITCase.read(uri, Map.of());

        assertThat(received).extracting(Decoded::number).isEqualTo(numbers());
        assertThat(camera.framesSent()).isEqualTo(FRAMES);
        assertThat(errorOf(uri.replace("viewer:secret@", ""), Map.of())).contains("401");
    }

    @Test
    void playlistsGoOnOverTheEndOfTheClip() throws Exception {
        start(CameraSimulator.builder().framesPerSecond(60));
        try (TestingCameraClient client = new TestingCameraClient(camera.hlsUri(), QUICK, LIMIT)) {
            assertThat(client.receive(LIMIT, frame -> client.frames().size() >= 90)).isTrue();
            List<Decoded> frames = client.frames();
            for (int i = 1; i < frames.size(); i++) {
                assertThat(frames.get(i).number())
                        .isEqualTo((frames.get(i - 1).number() + 1) % FRAMES);
                assertThat(frames.get(i).ticks() - frames.get(i - 1).ticks()).isEqualTo(1500);
            }
        }
    }

    @Test
    void faultsHoldOverHttpToo() throws Exception {
        start(CameraSimulator.builder());
        String uri = camera.transportStreamUri();
        try (TestingCameraClient client = new TestingCameraClient(uri, QUICK, LIMIT)) {
            assertThat(client.receive(LIMIT, frame -> frame.number() == 3)).isTrue();
            assertThat(camera.clients()).isEqualTo(1);
            camera.inject(Fault.NOT_FOUND);
            assertThat(client.receive(LIMIT, frame -> client.frames().size() > 400)).isFalse();
            assertThat(errorOf(uri, Map.of())).contains("404");
        }
        camera.clear();
        camera.inject(Fault.WRONG_PASSWORD);
        assertThat(errorOf(uri, Map.of())).contains("401");
        camera.clear();
        camera.inject(Fault.SILENT);
        assertThat(silentFor(uri)).isTrue();
    }

    private static boolean silentFor(String uri) throws Exception {
        try (TestingCameraClient client =
                new TestingCameraClient(uri, Map.of(), Duration.ofMillis(500))) {
            return client.frames() == null;
        } catch (TestingCameraClient.ConnectException e) {
            return e.getMessage().contains("Immediate exit");
        }
    }
}
