package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.connectors.video.VideoSource;
import io.frametag.connectors.video.VideoSourceBuilder;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job that reads simulated cameras, of which one after another fails in one way after another.
 * Measures when a fault is noticed and when frames are there again.
 */
final class TestingCameraFaults implements AutoCloseable {

    private static final Fault[] FAULTS = {
        Fault.STALL, Fault.DROP, Fault.RESET, Fault.SILENT, Fault.END
    };
    private static final double FRAMES_PER_SECOND = 10;
    private static final Duration NOTICED = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(20);

    /** What came of a stream; the sink is in this process. */
    private static final Map<String, Seen> SEEN = new ConcurrentHashMap<>();

    private final CameraSimulator simulator;
    private final JobClient job;
    private Duration latestNotice = Duration.ZERO;
    private Duration latestReturn = Duration.ZERO;

    private static final class Seen {
        volatile StreamState state = StreamState.CONNECTING;
        volatile long lastFrameNanos;
        volatile long lostNanos;
    }

    TestingCameraFaults(int cameras, Path folder) throws Exception {
        SEEN.clear();
        Path clip = folder.resolve("pattern.mp4");
        new TestPattern(160, 120, (int) FRAMES_PER_SECOND, 100, 10).write(clip);
        var builder = CameraSimulator.builder();
        for (int i = 0; i < cameras; i++) {
            builder.camera("cam" + i, clip);
            SEEN.put("cam" + i, new Seen());
        }
        simulator = builder.start();
        VideoSourceBuilder source = VideoSource.builder().sampling(new Sampling(5));
        simulator.cameras().forEach(camera -> source.stream(camera.name(), camera.uri()));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSource(
                        source.build(),
                        VideoSource.watermarks(Duration.ZERO, Duration.ofSeconds(10)),
                        "cameras")
                .sinkTo(new Watching());
        job = env.executeAsync("camera faults");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SEEN.values().stream().allMatch(s -> s.state == StreamState.UP));
    }

    /** Has a camera fail, and waits until that is noticed and over. */
    void cycle(int number) {
        SimulatedCamera camera = simulator.cameras().get(number % simulator.cameras().size());
        Fault fault = FAULTS[number % FAULTS.length];
        Seen seen = SEEN.get(camera.name());
        long start = System.nanoTime();
        camera.inject(fault);
        await(fault + " of " + camera.name() + " to be noticed")
                .atMost(MARGIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> seen.lostNanos - start > 0);
        latestNotice = max(latestNotice, seen.lostNanos - start);
        camera.clear();
        long cleared = fault.isLasting() ? System.nanoTime() : start;
        await("frames of " + camera.name() + " after " + fault)
                .atMost(MARGIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> seen.lastFrameNanos - cleared > 0 && seen.state == StreamState.UP);
        latestReturn = max(latestReturn, System.nanoTime() - cleared);
    }

    private static Duration max(Duration latest, long nanos) {
        Duration now = Duration.ofNanos(nanos);
        return now.compareTo(latest) > 0 ? now : latest;
    }

    void assertFigures() {
        assertThat(latestNotice).as("noticed").isLessThanOrEqualTo(NOTICED);
        assertThat(latestReturn).as("frames again").isLessThanOrEqualTo(AGAIN);
    }

    /** Has a camera hang while it is opened, and cancels the job. */
    Duration cancelWhileOneHangs() throws Exception {
        SimulatedCamera camera = simulator.cameras().get(0);
        long start = System.nanoTime();
        camera.inject(Fault.SILENT);
        camera.inject(Fault.RESET);
        await().atMost(MARGIN).until(() -> SEEN.get(camera.name()).lostNanos - start > 0);
        long cancelled = System.nanoTime();
        job.cancel().get(MARGIN.toSeconds(), TimeUnit.SECONDS);
        await().atMost(MARGIN).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        return Duration.ofNanos(System.nanoTime() - cancelled);
    }

    static long cameraThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("camera-cam"))
                .count();
    }

    @Override
    public void close() {
        simulator.close();
    }

    private static final class Watching implements Sink<StreamItem> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<StreamItem> createWriter(WriterInitContext context) {
            return new Watcher();
        }
    }

    private static final class Watcher implements SinkWriter<StreamItem> {

        @Override
        public void write(StreamItem item, Context context) {
            Seen seen = SEEN.get(item.stream());
            if (item instanceof Frame) {
                seen.lastFrameNanos = System.nanoTime();
            } else if (item instanceof StreamReport report) {
                seen.state = report.state();
                if (report.state() == StreamState.DOWN || report.state() == StreamState.STALLED) {
                    seen.lostNanos = System.nanoTime();
                }
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Owns nothing.
        }
    }
}
