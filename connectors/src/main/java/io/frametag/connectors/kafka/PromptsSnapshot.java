package io.frametag.connectors.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a compacted topic holds at one moment: read from its start to the end it had when asked.
 *
 * @param latest the last record of each key, tombstones included, in the order they were read
 * @param lastOffsets the offset of the last record there is, by partition; partitions without a
 *     record are absent. Not the end offset less one: compaction and transactions leave offsets
 *     without a record, also at the end.
 */
record PromptsSnapshot(
        List<ConsumerRecord<byte[], byte[]>> latest, Map<Integer, Long> lastOffsets) {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "enable.auto.commit", "false",
                    "allow.auto.create.topics", "false",
                    "isolation.level", "read_committed");

    /** Reads the topic, within the connection's timeout. */
    static PromptsSnapshot read(KafkaConnection connection, String topic)
            throws KafkaAccessException {
        try (Reader reader = new Reader(connection)) {
            return reader.read(topic);
        } catch (KafkaException e) {
            throw KafkaFailures.explain(connection, e);
        }
    }

    private static final class Reader implements AutoCloseable {

        private final KafkaConnection connection;
        private final long deadlineNanos;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Map<String, ConsumerRecord<byte[], byte[]>> latest = new LinkedHashMap<>();
        private final Map<Integer, Long> lastOffsets = new HashMap<>();

        Reader(KafkaConnection connection) {
            this.connection = connection;
            this.deadlineNanos = System.nanoTime() + connection.timeout().toNanos();
            this.consumer =
                    new KafkaConsumer<>(
                            connection.clientProperties(DEFAULTS),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
        }

        PromptsSnapshot read(String topic) throws KafkaAccessException {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, remaining());
            while (!atEnd(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(remaining())) {
                    if (record.offset() < ends.get(partition(record))) {
                        keep(record);
                    }
                }
            }
            return new PromptsSnapshot(List.copyOf(latest.values()), Map.copyOf(lastOffsets));
        }

        private List<TopicPartition> partitions(String topic) throws KafkaAccessException {
            Collection<PartitionInfo> found = consumer.partitionsFor(topic, remaining());
            if (found == null || found.isEmpty()) {
                throw new KafkaAccessException(
                        "Kafka at "
                                + connection.bootstrapServers()
                                + " has no topic "
                                + topic
                                + ": create it, or check its name");
            }
            return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        }

        private void keep(ConsumerRecord<byte[], byte[]> record) {
            lastOffsets.put(record.partition(), record.offset());
            String key = PromptKeys.text(record.key());
            latest.remove(key);
            latest.put(key, record);
        }

        private boolean atEnd(Map<TopicPartition, Long> ends) {
            return ends.entrySet().stream()
                    .allMatch(
                            end -> consumer.position(end.getKey(), remaining()) >= end.getValue());
        }

        private Duration remaining() {
            long nanos = deadlineNanos - System.nanoTime();
            if (nanos <= 0) {
                throw new TimeoutException("the topic was not read in time");
            }
            return Duration.ofNanos(nanos);
        }

        private static TopicPartition partition(ConsumerRecord<?, ?> record) {
            return new TopicPartition(record.topic(), record.partition());
        }

        @Override
        public void close() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
