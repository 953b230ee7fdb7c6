package io.frametag.jobs.bench;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.CameraSimulatorBuilder;
import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.connectors.video.VideoSource;
import io.frametag.connectors.video.VideoSourceBuilder;
import io.frametag.connectors.video.VideoStream;
import io.frametag.jobs.Accounts;
import io.frametag.jobs.Durations;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.jobs.UserError;
import io.frametag.operators.data.StreamStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Simulated cameras over RTSP to tags on Kafka, for as long as one likes: what became of each frame
 * that a camera sent, how old tags were when they were written, and whether memory stays flat. All
 * of it is one process, so that its figures include what the cameras and the broker cost.
 */
public final class CamerasBenchmark {

    private static final int CLIP_SECONDS = 20;
    private static final int SECONDS_BETWEEN_KEYFRAMES = 2;
    private static final Duration FIRST_TAG = Duration.ofMinutes(2);
    private static final Duration PROGRESS = Duration.ofSeconds(30);
    private static final Duration SAMPLE = Duration.ofSeconds(1);

    /** For what the cameras sent last to be read, before the job is stopped. */
    private static final Duration LAST_FRAMES = Duration.ofSeconds(3);

    private final CamerasSettings settings;
    private final Report report;
    private final MemoryTrend memory = new MemoryTrend();

    public CamerasBenchmark(CamerasSettings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    /**
     * @throws UserError where a frame is unaccounted for
     */
    public void run() throws Exception {
        report.head(
                "%d cameras of %s at %d frames/s, sampled: %s; %s, delivery %s, %s"
                        .formatted(
                                settings.cameras(),
                                settings.size(),
                                settings.framesPerSecond(),
                                settings.sampling().toText(),
                                settings.model().id(),
                                settings.delivery().live() ? "live" : "complete",
                                Durations.format(settings.duration())));
        report.progress("making the cameras' clip, starting broker, cameras and job");
        try (TemporaryFolder temporary = TemporaryFolder.create();
                CameraSimulator simulator = simulator(temporary.path().resolve("camera.mp4"));
                BenchStage stage = BenchStage.open();
                CameraFeed feed =
                        stage.startCameras(
                                settings.model(), source(simulator), settings.cameras())) {
            awaitFirstTag(stage, feed);
            watch(stage, feed);
            simulator.cameras().forEach(camera -> camera.inject(Fault.STALL));
            pollFor(LAST_FRAMES, feed);
            stage.drain();
            feed.pollToEnd();
            tell(simulator, feed);
        }
    }

    private CameraSimulator simulator(Path clip) throws Exception {
        int rate = settings.framesPerSecond();
        new TestPattern(
                        settings.size().width(),
                        settings.size().height(),
                        rate,
                        CLIP_SECONDS * rate,
                        SECONDS_BETWEEN_KEYFRAMES * rate)
                .write(clip);
        CameraSimulatorBuilder builder = CameraSimulator.builder();
        for (int i = 1; i <= settings.cameras(); i++) {
            builder.camera("cam" + i, clip);
        }
        return builder.start();
    }

    private VideoSource source(CameraSimulator simulator) {
        VideoSourceBuilder source =
                VideoSource.builder()
                        .sampling(settings.sampling())
                        .keyframesOnly(settings.keyframesOnly());
        for (SimulatedCamera camera : simulator.cameras()) {
            source.stream(
                    VideoStream.of(camera.name(), camera.uri()).delivery(settings.delivery()));
        }
        return source.build();
    }

    private void awaitFirstTag(BenchStage stage, CameraFeed feed) throws Exception {
        long deadline = System.nanoTime() + FIRST_TAG.toNanos();
        while (feed.tagged() == 0) {
            stage.checkRunning();
            feed.poll();
            if (System.nanoTime() > deadline) {
                throw UserError.failed(
                        "no frame was tagged in %d s; the log tells why"
                                .formatted(FIRST_TAG.toSeconds()));
            }
        }
    }

    private void watch(BenchStage stage, CameraFeed feed) throws Exception {
        long start = System.nanoTime();
        long told = 0;
        while (System.nanoTime() - start < settings.duration().toNanos()) {
            stage.checkRunning();
            pollFor(SAMPLE, feed);
            memory.sample();
            long elapsed = System.nanoTime() - start;
            if (elapsed / PROGRESS.toNanos() > told) {
                told = elapsed / PROGRESS.toNanos();
                report.progress(progress(Duration.ofNanos(elapsed), feed));
            }
        }
    }

    private String progress(Duration elapsed, CameraFeed feed) {
        return "%s: %d frames tagged, latency p50 %d ms, p99 %d ms%s"
                .formatted(
                        Durations.format(Duration.ofSeconds(elapsed.toSeconds())),
                        feed.tagged(),
                        feed.latencies().percentile(0.5),
                        feed.latencies().percentile(0.99),
                        memory.isEmpty() ? "" : ", memory " + memory.lastMegabytes() + " MB");
    }

    private static void pollFor(Duration time, CameraFeed feed) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            feed.poll();
        }
    }

    private void tell(CameraSimulator simulator, CameraFeed feed) throws UserError {
        List<StreamStatus> statuses = List.copyOf(feed.newest());
        new Accounts(statuses).lines().forEach(line -> report.line("%s", line));
        report.line(
                "latency from capture to Kafka: p50 %d ms, p95 %d ms, p99 %d ms (%d frames)",
                feed.latencies().percentile(0.5),
                feed.latencies().percentile(0.95),
                feed.latencies().percentile(0.99),
                feed.latencies().count());
        if (!memory.isEmpty()) {
            report.line(
                    "resident memory: %d MB at the end, %+.1f %% over the last half",
                    memory.lastMegabytes(), 100 * memory.lastHalfGrowth());
        }
        long sent = simulator.cameras().stream().mapToLong(SimulatedCamera::framesSent).sum();
        long in = statuses.stream().mapToLong(StreamStatus::in).sum();
        long open = statuses.stream().mapToLong(StreamStatus::inFlight).sum();
        report.line(
                "sent by the cameras %d, taken in %d, in flight %d, on their way %d (FFmpeg hands a"
                        + " frame on when the next one begins)",
                sent, in, open, sent - in);
        if (open != 0 || sent < in || sent - in > settings.cameras()) {
            throw UserError.failed("frames are unaccounted for; see the line above");
        }
    }
}
