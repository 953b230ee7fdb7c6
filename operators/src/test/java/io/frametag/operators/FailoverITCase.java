package io.frametag.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.model.TestingModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task dies with frames in flight: after the restart each frame is tagged and counted once. */
@Timeout(120)
final class FailoverITCase {

    private static final int FRAMES = 600;
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    /** Fails once, at a frame that comes after a checkpoint. */
    private static final class FailOnce
            implements MapFunction<StreamItem, StreamItem>, CheckpointListener {

        private static final long serialVersionUID = 1L;

        private transient boolean checkpointed;

        @Override
        public StreamItem map(StreamItem item) {
            if (checkpointed && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("on purpose");
            }
            return item;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }
    }

    @Test
    @SuppressWarnings("try") // closing an iterator may be interrupted
    void everyFrameIsTaggedAndCountedOnce() throws Exception {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, config);
        env.enableCheckpointing(100);
        DataGeneratorSource<StreamItem> source =
                new DataGeneratorSource<>(
                        i -> TestingModels.frame("cam", i, "dog"),
                        FRAMES,
                        RateLimiterStrategy.perSecond(300),
                        TypeInformation.of(StreamItem.class));
        DataStream<StreamItem> items =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "frames")
                        .setParallelism(1)
                        .map(new FailOnce())
                        .returns(TypeInformation.of(StreamItem.class))
                        .setParallelism(1);
        TaggedStreams tagged =
                FrameTagger.builder()
                        .models(new TestingModels("failover"))
                        .build()
                        .tag(
                                items,
                                env.fromData(
                                        PromptChange.put(1, Prompt.of("dog", "dog")),
                                        PromptChange.snapshotEnd()));

        List<Long> sequences = new ArrayList<>();
        List<StreamStatus> status = new ArrayList<>();
        try (CloseableIterator<FrameTags> tags = tagged.tags().collectAsync();
                CloseableIterator<StreamStatus> states = tagged.status().collectAsync()) {
            env.executeAsync("failover");
            tags.forEachRemaining(t -> sequences.add(t.sequence()));
            states.forEachRemaining(status::add);
        }

        assertThat(FAILED).isTrue();
        assertThat(sequences)
                .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
        StreamStatus last = status.get(status.size() - 1);
        assertThat(last.in()).isEqualTo(FRAMES);
        assertThat(last.tagged()).isEqualTo(FRAMES);
        assertThat(last.inFlight()).isZero();
    }
}
