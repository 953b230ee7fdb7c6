package io.frametag.it;

import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.connectors.video.CameraOptions;
import io.frametag.connectors.video.CameraSettings;
import io.frametag.connectors.video.VideoSource;
import io.frametag.connectors.video.VideoSourceBuilder;
import io.frametag.it.TestingSightings.Seen;
import io.frametag.operators.data.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Cameras with a password, and a job that reads all their frames and can be ended and resumed. */
final class TestingFaultedJob implements AutoCloseable {

    static final int FRAMES_PER_SECOND = 10;
    static final int WIDTH = 160;
    static final int OTHER_WIDTH = 320;
    private static final int CLIP_FRAMES = 1000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final CameraSimulator simulator;
    private final Path savepoints;
    private JobClient job;

    TestingFaultedJob(int cameras, Path folder) throws Exception {
        savepoints = folder.resolve("savepoints");
        Path clip = folder.resolve("pattern.mp4");
        Path other = folder.resolve("other.mp4");
        new TestPattern(WIDTH, 120, FRAMES_PER_SECOND, CLIP_FRAMES, 10).write(clip);
        new TestPattern(OTHER_WIDTH, 240, FRAMES_PER_SECOND, CLIP_FRAMES, 10).write(other);
        var builder =
                CameraSimulator.builder()
                        .password("viewer", "secret", CameraSimulator.Authentication.DIGEST);
        TestingSightings.seen().clear();
        for (int i = 0; i < cameras; i++) {
            builder.camera("cam" + i, clip, other);
            TestingSightings.seen().put("cam" + i, new Seen(WIDTH, CLIP_FRAMES, FRAMES_PER_SECOND));
        }
        simulator = builder.start();
        job = start(null);
    }

    List<SimulatedCamera> cameras() {
        return simulator.cameras();
    }

    private JobClient start(@Nullable String savepoint) throws Exception {
        Configuration config = new Configuration();
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (savepoint != null) {
            config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        env.fromSource(
                        source(),
                        VideoSource.watermarks(Duration.ZERO, Duration.ofSeconds(10)),
                        "cameras")
                .uid("cameras")
                .sinkTo(new TestingSightings());
        TestingSightings.seen().values().forEach(Seen::startOver);
        return env.executeAsync("camera faults");
    }

    /** A wrong password is tried again soon: it is to be over within seconds here. */
    private VideoSource source() {
        Configuration cameras = new Configuration();
        cameras.set(CameraOptions.RETRY_REFUSED, Duration.ofSeconds(3));
        VideoSourceBuilder source =
                VideoSource.builder().cameras(CameraSettings.fromConfiguration(cameras));
        simulator.cameras().forEach(camera -> source.stream(camera.name(), camera.loginUri()));
        return source.build();
    }

    void awaitAllUp() {
        await("all cameras to be up")
                .atMost(LONGEST)
                .until(
                        () ->
                                TestingSightings.seen().values().stream()
                                        .allMatch(seen -> seen.state == StreamState.UP));
    }

    /** Cancels the job. */
    Duration cancel() throws Exception {
        long start = System.nanoTime();
        job.cancel().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        awaitEnd();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Stops the job with a savepoint, which comes back in the array's first place. */
    Duration stop(String[] savepoint) throws Exception {
        long start = System.nanoTime();
        savepoint[0] =
                job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL)
                        .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        awaitEnd();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void awaitEnd() {
        await("the job to end")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }

    /** Starts the job anew, from a savepoint where there is one. */
    void resume(@Nullable String savepoint) throws Exception {
        job = start(savepoint);
    }

    boolean isRunning() {
        return !job.getJobStatus().join().isGloballyTerminalState();
    }

    @Override
    public void close() {
        try {
            if (isRunning()) {
                job.cancel().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
                awaitEnd();
            }
        } finally {
            simulator.close();
        }
    }
}
