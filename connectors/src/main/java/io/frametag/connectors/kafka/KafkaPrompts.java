package io.frametag.connectors.kafka;

import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.PromptChange;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The prompts of a running job, from the compacted prompts topic: all that the topic holds, then
 * the mark that they are complete ({@link PromptChange#isSnapshotEnd()}), then each change as it is
 * made. A record without a value deletes the prompt of its key; a prompt's version is its offset.
 *
 * <p>A record that is no prompt is logged, counted ({@code badPrompts}) and told on {@link
 * #failures()}; the rest goes on. The stream carries no watermarks and is always idle, so it holds
 * back nobody's. A job may have one; its uids are fixed.
 */
@PublicEvolving
public final class KafkaPrompts {

    private final DataStream<PromptChange> changes;
    private final DataStream<FailedPrompt> failures;

    private KafkaPrompts(DataStream<PromptChange> changes, DataStream<FailedPrompt> failures) {
        this.changes = changes;
        this.failures = failures;
    }

    /**
     * Adds the source to a job. Asks Kafka what the topic holds now, to know later when all of it
     * has been read.
     *
     * @throws KafkaAccessException where Kafka can't be reached within the connection's timeout, or
     *     has no such topic
     */
    public static KafkaPrompts from(
            StreamExecutionEnvironment env, KafkaConnection connection, String topic)
            throws KafkaAccessException {
        Objects.requireNonNull(env, "env");
        PromptsSnapshot snapshot = PromptsSnapshot.read(connection, topic);
        SingleOutputStreamOperator<PromptChange> changes =
                env.fromSource(source(connection, topic), alwaysIdle(), "Prompts")
                        .setParallelism(1)
                        .uid("prompts-source")
                        .transform(
                                "Prompt changes",
                                TypeInformation.of(PromptChange.class),
                                new PromptChangesOperator(topic, snapshot.lastOffsets()))
                        .forceNonParallel()
                        .uid("prompt-changes");
        return new KafkaPrompts(changes, changes.getSideOutput(PromptChangesOperator.FAILED));
    }

    /** Of parallelism 1, in the order of each partition. */
    public DataStream<PromptChange> changes() {
        return changes;
    }

    /** The records that are no prompts. */
    public DataStream<FailedPrompt> failures() {
        return failures;
    }

    private static KafkaSource<PromptRecord> source(KafkaConnection connection, String topic) {
        return KafkaSource.<PromptRecord>builder()
                .setProperties(
                        connection.clientProperties(Map.of("isolation.level", "read_committed")))
                .setProperty("commit.offsets.on.checkpoint", "false")
                .setClientIdPrefix("frametag-prompts")
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new PromptRecordSchema())
                .build();
    }

    private static <T> WatermarkStrategy<T> alwaysIdle() {
        return WatermarkStrategy.forGenerator(context -> new Idle<>());
    }

    private static final class Idle<T> implements WatermarkGenerator<T> {
        @Override
        public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
            output.markIdle();
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
