package io.frametag.jobs.bench;

import io.frametag.connectors.json.StatusJson;
import io.frametag.connectors.json.TagsJson;
import io.frametag.jobs.Latencies;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a job that reads cameras writes to Kafka: its tags, with their age when the broker logged
 * them, and the newest status of each stream. Owns the consumer. Used by one thread.
 */
final class CameraFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition tags;
    private final TopicPartition status;
    private final Latencies latencies = new Latencies();
    private final Map<String, StreamStatus> newest = new TreeMap<>();
    private long tagged;

    CameraFeed(String bootstrapServers, String tagsTopic, String statusTopic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("enable.auto.commit", "false");
        properties.put("fetch.max.wait.ms", "100");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(properties, bytes, bytes);
        tags = new TopicPartition(tagsTopic, 0);
        status = new TopicPartition(statusTopic, 0);
        consumer.assign(List.of(tags, status));
        consumer.seekToBeginning(List.of(tags, status));
    }

    /** Takes what comes in the next moment. */
    void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.topic().equals(tags.topic())) {
                FrameTags frame = TagsJson.read(record.value());
                latencies.add(record.timestamp() - frame.frameTime());
                tagged++;
            } else {
                StreamStatus now = StatusJson.read(record.value());
                newest.put(now.stream(), now);
            }
        }
    }

    /** Takes all that was written so far. */
    void pollToEnd() throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(tags, status));
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    /** Frames whose tags came. */
    long tagged() {
        return tagged;
    }

    /** From capture to Kafka's log, in milliseconds. */
    Latencies latencies() {
        return latencies;
    }

    Collection<StreamStatus> newest() {
        return newest.values();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
