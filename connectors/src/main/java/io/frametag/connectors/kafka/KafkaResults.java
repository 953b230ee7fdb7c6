package io.frametag.connectors.kafka;

import io.frametag.connectors.json.ErrorJson;
import io.frametag.connectors.json.StatusJson;
import io.frametag.connectors.json.TagsJson;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/** Sinks that write what a job finds out to Kafka, as JSON; schemas in {@code docs/schemas}. */
@PublicEvolving
public final class KafkaResults {

    public static final String DEFAULT_TAGS_TOPIC = "frametag.tags";
    public static final String DEFAULT_STATUS_TOPIC = "frametag.status";
    public static final String DEFAULT_ERRORS_TOPIC = "frametag.errors";

    /** Most bytes of a failed frame that are sent along; as base64 they fit a record of 1 MiB. */
    static final int MAX_ERROR_BYTES = 512 << 10;

    private KafkaResults() {}

    /** Tags of frames, keyed by stream. */
    public static Builder<FrameTags> tags() {
        return new Builder<>(DEFAULT_TAGS_TOPIC, FrameTags::stream, TagsJson::write);
    }

    /** Status of streams, keyed by stream. */
    public static Builder<StreamStatus> status() {
        return new Builder<>(DEFAULT_STATUS_TOPIC, StreamStatus::stream, StatusJson::write);
    }

    /** Frames that could not be processed, keyed by stream; with their bytes up to 512 KiB. */
    public static Builder<FailedFrame> errors() {
        return new Builder<>(
                DEFAULT_ERRORS_TOPIC,
                FailedFrame::stream,
                frame -> ErrorJson.write(withinLimit(frame)));
    }

    /** Prompts that could not be used, keyed by prompt id; to the topic of errors. */
    public static Builder<FailedPrompt> promptErrors() {
        return new Builder<>(DEFAULT_ERRORS_TOPIC, FailedPrompt::id, ErrorJson::write);
    }

    static FailedFrame withinLimit(FailedFrame frame) {
        if (frame.bytes() == null || frame.bytes().length <= MAX_ERROR_BYTES) {
            return frame;
        }
        return new FailedFrame(
                frame.stream(),
                frame.sequence(),
                frame.frameTime(),
                frame.reason(),
                frame.detail(),
                null);
    }

    /** Collects what a sink needs. Not thread-safe. */
    @PublicEvolving
    public static final class Builder<T> {

        /** Below the 15 minutes that brokers allow unless told; Flink's own hour is refused. */
        private static final String TRANSACTION_TIMEOUT_MILLIS = String.valueOf(14 * 60 * 1000);

        private final SerializableFunction<T, String> key;
        private final SerializableFunction<T, byte[]> value;
        private final Map<String, String> properties = new HashMap<>();
        private @Nullable KafkaConnection connection;
        private String topic;
        private @Nullable String transactionalIdPrefix;

        private Builder(
                String topic,
                SerializableFunction<T, String> key,
                SerializableFunction<T, byte[]> value) {
            this.topic = topic;
            this.key = key;
            this.value = value;
        }

        /** How Kafka is reached; needed. */
        public Builder<T> connection(KafkaConnection kafka) {
            this.connection = kafka;
            return this;
        }

        public Builder<T> topic(String name) {
            this.topic = name;
            return this;
        }

        /** A property of Kafka's producer, passed on unchanged, above any default of ours. */
        public Builder<T> property(String name, String setting) {
            properties.put(name, setting);
            return this;
        }

        /**
         * Each result once, also after a failure, for consumers that read committed records. They
         * see results when a checkpoint completes, so it needs checkpoints. Without this call,
         * results are written at once, and some of them again after a failure.
         *
         * @param prefix of the transactions' ids, which the topic is added to; unique among all
         *     jobs on this Kafka, and the same each time the job is started
         */
        public Builder<T> exactlyOnce(String prefix) {
            if (prefix.isBlank()) {
                throw new IllegalArgumentException(
                        "transactional id prefix () must be given, and be unique to the job");
            }
            this.transactionalIdPrefix = prefix;
            return this;
        }

        /** The sink. */
        public KafkaSink<T> build() {
            if (connection == null) {
                throw new IllegalStateException("connection must be set");
            }
            KafkaSinkBuilder<T> sink = KafkaSink.builder();
            if (transactionalIdPrefix == null) {
                sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
            } else {
                sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE);
                // Two sinks of one job would fence each other off with the same prefix.
                sink.setTransactionalIdPrefix(transactionalIdPrefix + "-" + topic);
            }
            return sink.setKafkaProducerConfig(producerProperties(connection))
                    .setBootstrapServers(connection.bootstrapServers())
                    .setRecordSerializer(new ResultSchema<>(topic, key, value))
                    .build();
        }

        Properties producerProperties(KafkaConnection kafka) {
            Map<String, String> defaults = new HashMap<>();
            defaults.put("acks", "all");
            defaults.put("linger.ms", "5");
            if (transactionalIdPrefix != null) {
                defaults.put("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
            }
            return kafka.with(properties).clientProperties(defaults);
        }
    }
}
