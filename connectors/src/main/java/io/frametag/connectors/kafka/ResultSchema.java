package io.frametag.connectors.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A result as a record: a text key and a JSON value. The record's timestamp is left to the
 * producer; see {@link FrameRecords#record}.
 */
final class ResultSchema<T> implements KafkaRecordSerializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final SerializableFunction<T, String> key;
    private final SerializableFunction<T, byte[]> value;

    ResultSchema(
            String topic,
            SerializableFunction<T, String> key,
            SerializableFunction<T, byte[]> value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T result, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(
                topic, key.apply(result).getBytes(StandardCharsets.UTF_8), value.apply(result));
    }
}
