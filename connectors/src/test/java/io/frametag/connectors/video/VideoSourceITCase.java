package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source in a job: counts, failures and restarts. */
@SuppressWarnings("try") // Flink's iterator declares that close() may throw anything.
final class VideoSourceITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir Path folder;

    @Test
    void badFilesEndTheirStreamsAloneAndEveryFrameIsCounted() throws Exception {
        Path good = TestingVideos.of(100).write(folder.resolve("good.mp4"));
        Path other = TestingVideos.of(70).write(folder.resolve("other.mkv"));
        VideoSource source =
                VideoSource.builder().stream("good", good.toString()).stream(
                                "absent", folder.resolve("absent.mp4").toString())
                        .stream("other", other.toUri().toString())
                        .sampling(new Sampling(5))
                        .build();

        List<StreamItem> items = run(source, 2, false);

        assertThat(framesOf(items, "good") + sampledOut(items, "good")).isEqualTo(100);
        assertThat(framesOf(items, "other") + sampledOut(items, "other")).isEqualTo(70);
        assertThat(lastState(items, "good")).isEqualTo(StreamState.ENDED);
        assertThat(lastState(items, "other")).isEqualTo(StreamState.ENDED);
        assertThat(lastState(items, "absent")).isEqualTo(StreamState.REFUSED);
    }

    @Test
    void restartsLoseAndRepeatNothing() throws Exception {
        // In real time, so that checkpoints come between the frames.
        VideoSourceBuilder builder =
                VideoSource.builder().sampling(new Sampling(50)).playback(Playback.REAL_TIME);
        for (int i = 0; i < 3; i++) {
            Path video =
                    TestingVideos.of(150)
                            .framesPerSecond(100)
                            .write(folder.resolve("video" + i + ".mp4"));
            builder.stream("camera" + i, video.toString());
        }

        List<StreamItem> items = run(builder.build(), 2, true);

        for (int i = 0; i < 3; i++) {
            String stream = "camera" + i;
            assertThat(sequences(items, stream)).doesNotHaveDuplicates().hasSizeBetween(74, 76);
            assertThat(framesOf(items, stream) + sampledOut(items, stream)).isEqualTo(150);
        }
        assertThat(FailsTwice.FAILURES.get()).isGreaterThanOrEqualTo(2);
    }

    private static List<StreamItem> run(VideoSource source, int parallelism, boolean failing)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        var items =
                env.fromSource(
                        source, WatermarkStrategy.forBoundedOutOfOrderness(Duration.ZERO), "video");
        List<StreamItem> collected = new ArrayList<>();
        FailsTwice.FAILURES.set(0);
        var out = failing ? items.map(new FailsTwice()).returns(StreamItem.class) : items;
        try (CloseableIterator<StreamItem> results = out.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    private static List<Long> sequences(List<StreamItem> items, String stream) {
        return items.stream()
                .filter(i -> i instanceof Frame && i.stream().equals(stream))
                .map(i -> ((Frame) i).sequence())
                .collect(Collectors.toList());
    }

    private static long framesOf(List<StreamItem> items, String stream) {
        return sequences(items, stream).size();
    }

    private static List<StreamReport> reports(List<StreamItem> items, String stream) {
        return items.stream()
                .filter(i -> i instanceof StreamReport && i.stream().equals(stream))
                .map(i -> (StreamReport) i)
                .toList();
    }

    private static long sampledOut(List<StreamItem> items, String stream) {
        return reports(items, stream).stream().mapToLong(StreamReport::sampledOut).sum();
    }

    private static StreamState lastState(List<StreamItem> items, String stream) {
        List<StreamReport> reports = reports(items, stream);
        return reports.get(reports.size() - 1).state();
    }

    /** Fails twice, each time when some frames and at least one checkpoint have gone by. */
    private static final class FailsTwice extends RichMapFunction<StreamItem, StreamItem>
            implements org.apache.flink.api.common.state.CheckpointListener {

        private static final long serialVersionUID = 1L;
        static final AtomicInteger FAILURES = new AtomicInteger();

        private transient boolean checkpointed;
        private transient int seen;

        @Override
        public StreamItem map(StreamItem item) throws Exception {
            seen++;
            if (checkpointed && seen > 10 && FAILURES.get() < 2) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("a failure on purpose");
            }
            return item;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }
    }
}
