package io.frametag.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a topic that keeps the last record of each key. No method waits for Kafka longer than a
 * few of the connection's timeouts. Thread-safe; keeps no connection between calls.
 */
final class CompactedTopic {

    private final KafkaConnection connection;
    private final KafkaTopic topic;

    CompactedTopic(KafkaConnection connection, KafkaTopic topic) {
        this.connection = connection;
        this.topic = topic;
    }

    /** Creates the topic if it is missing. */
    void ensure() throws KafkaAccessException {
        KafkaTopics.ensure(connection, List.of(topic));
    }

    /** Puts these values, by key; returns once Kafka has them all. */
    void put(Map<String, byte[]> values) throws KafkaAccessException {
        send(new LinkedHashMap<>(values));
    }

    /** Deletes what these keys have. */
    void delete(Collection<String> keys) throws KafkaAccessException {
        Map<String, byte @Nullable []> tombstones = new LinkedHashMap<>();
        keys.forEach(key -> tombstones.put(key, null));
        send(tombstones);
    }

    private void send(Map<String, byte @Nullable []> values) throws KafkaAccessException {
        ensure();
        KafkaProducer<byte[], byte[]> producer = null;
        try {
            producer = producer();
            List<Future<?>> sent = new ArrayList<>();
            for (Map.Entry<String, byte @Nullable []> entry : values.entrySet()) {
                byte[] key = PromptKeys.bytes(entry.getKey());
                sent.add(producer.send(new ProducerRecord<>(topic.name(), key, entry.getValue())));
            }
            for (Future<?> record : sent) {
                record.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (KafkaException | ExecutionException | TimeoutException | InterruptedException e) {
            throw KafkaFailures.explain(connection, e);
        } finally {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        String millis = String.valueOf(connection.timeoutMillis());
        return new KafkaProducer<>(
                connection.clientProperties(
                        Map.of(
                                "acks",
                                "all",
                                "enable.idempotence",
                                "true",
                                "linger.ms",
                                "0",
                                "max.block.ms",
                                millis,
                                "request.timeout.ms",
                                millis,
                                "delivery.timeout.ms",
                                millis)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
