package io.frametag.connectors.kafka;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.StreamItem;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Compressed frames from Kafka, as a Flink source that replays from its checkpoint. Headers give
 * stream, sequence, frame time and codec ({@link FrameHeaders}); where one is absent or malformed,
 * the record's key, offset, timestamp and first bytes stand in. Every record becomes a frame, also
 * one without a value, so that each is accounted for downstream.
 *
 * <p>Records carry Kafka's timestamps as Flink timestamps; the event time proper is {@code
 * Frame.frameTime()}.
 */
@PublicEvolving
public final class KafkaFrames {

    /** The topic's name where none is chosen. */
    public static final String DEFAULT_TOPIC = "frametag.frames";

    /** Bounds what one fetch holds in memory; records that are larger still come, one by one. */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "isolation.level",
                    "read_committed",
                    "fetch.max.bytes",
                    String.valueOf(32 << 20),
                    "max.partition.fetch.bytes",
                    String.valueOf(4 << 20),
                    "max.poll.records",
                    "64");

    private KafkaFrames() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Collects what a source of frames needs. Not thread-safe. */
    @PublicEvolving
    public static final class Builder {

        private @Nullable KafkaConnection connection;
        private String topic = DEFAULT_TOPIC;
        private @Nullable String groupId;
        private OffsetsInitializer start = OffsetsInitializer.earliest();
        private @Nullable OffsetsInitializer end;
        private Delivery delivery = Delivery.complete();

        private Builder() {}

        /** How Kafka is reached; needed. */
        public Builder connection(KafkaConnection kafka) {
            this.connection = kafka;
            return this;
        }

        /** {@value KafkaFrames#DEFAULT_TOPIC} unless told. */
        public Builder topic(String name) {
            this.topic = name;
            return this;
        }

        /** Consumer group that offsets are committed to at checkpoints; none unless told. */
        public Builder groupId(String group) {
            this.groupId = group;
            return this;
        }

        /** Where to start without a checkpoint; at the earliest record unless told. */
        public Builder startingOffsets(OffsetsInitializer offsets) {
            this.start = offsets;
            return this;
        }

        /** Where to end; never unless told. */
        public Builder boundedAt(OffsetsInitializer offsets) {
            this.end = offsets;
            return this;
        }

        /**
         * What the frames are owed where more come than can be encoded; complete unless told. A
         * frame's age counts from when it was read from Kafka.
         */
        public Builder delivery(Delivery owed) {
            this.delivery = owed;
            return this;
        }

        /** The source. */
        public KafkaSource<StreamItem> build() {
            if (connection == null) {
                throw new IllegalStateException("connection must be set");
            }
            Properties properties = connection.clientProperties(DEFAULTS);
            KafkaSourceBuilder<StreamItem> source =
                    KafkaSource.<StreamItem>builder()
                            .setProperties(properties)
                            .setClientIdPrefix("frametag-frames")
                            .setTopics(topic)
                            .setStartingOffsets(start)
                            .setDeserializer(new FrameRecordSchema(Clock.systemUTC(), delivery));
            if (groupId == null) {
                source.setProperty("commit.offsets.on.checkpoint", "false");
            } else {
                source.setGroupId(groupId);
            }
            if (end != null) {
                source.setBounded(end);
            }
            return source.build();
        }
    }
}
