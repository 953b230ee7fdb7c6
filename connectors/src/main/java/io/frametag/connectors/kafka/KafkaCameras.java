package io.frametag.connectors.kafka;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamListException;
import io.frametag.connectors.video.StreamDirectory;
import io.frametag.connectors.video.VideoStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The cameras of a compacted topic, as a source follows them: the last record of each id counts,
 * one without a value takes the camera away. A record that is no camera is told as a problem and
 * leaves the camera of its key as it was.
 *
 * <p>Each read takes what has come since the last one, up to the end there was when it began, and
 * waits for Kafka no longer than the connection's timeout. Owns its consumer, from the first read
 * to {@link #close()}; after a failure it begins anew.
 */
@PublicEvolving
public final class KafkaCameras implements StreamDirectory {

    private static final long serialVersionUID = 1L;

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "enable.auto.commit", "false",
                    "allow.auto.create.topics", "false",
                    "isolation.level", "read_committed");

    private final KafkaConnection connection;
    private final String topic;

    private transient volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private transient @Nullable Map<String, VideoStream> cameras;
    private transient @Nullable List<String> problems;
    private transient volatile boolean closed;

    public KafkaCameras(KafkaConnection connection, String topic) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    @Override
    public synchronized Set<VideoStream> read() throws IOException {
        problems = new ArrayList<>();
        try {
            follow();
            return new LinkedHashSet<>(cameras.values());
        } catch (WakeupException e) {
            throw new IOException("reading the topic " + topic + " was ended", e);
        } catch (KafkaException e) {
            closeConsumer();
            KafkaAccessException told = KafkaFailures.explain(connection, e);
            throw new IOException(told.getMessage(), told);
        }
    }

    @Override
    public synchronized List<String> problems() {
        return problems == null ? List.of() : List.copyOf(problems);
    }

    private void follow() throws IOException {
        long deadline = System.nanoTime() + connection.timeout().toNanos();
        if (consumer == null) {
            open(deadline);
        }
        KafkaConsumer<byte[], byte[]> reading = consumer;
        Map<TopicPartition, Long> ends =
                reading.endOffsets(reading.assignment(), remaining(deadline));
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            while (reading.position(end.getKey(), remaining(deadline)) < end.getValue()) {
                reading.poll(remaining(deadline)).forEach(this::take);
            }
        }
    }

    private void open(long deadline) throws IOException {
        if (closed) {
            throw new IOException("the list of cameras is closed");
        }
        KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(
                        connection.clientProperties(DEFAULTS),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer = opened;
        cameras = new LinkedHashMap<>();
        Collection<PartitionInfo> found = opened.partitionsFor(topic, remaining(deadline));
        if (found == null || found.isEmpty()) {
            closeConsumer();
            throw new IOException(
                    "Kafka at "
                            + connection.bootstrapServers()
                            + " has no topic "
                            + topic
                            + ": create it, or check its name");
        }
        List<TopicPartition> partitions =
                found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            StreamEntry camera = CameraRecord.entry(record);
            if (camera == null) {
                cameras.remove(PromptKeys.text(record.key()));
            } else {
                cameras.put(camera.id(), camera.stream());
            }
        } catch (StreamListException e) {
            problems.add(e.getMessage());
        }
    }

    private static Duration remaining(long deadline) {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new TimeoutException("the topic was not read in time");
        }
        return Duration.ofNanos(nanos);
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        synchronized (this) {
            closeConsumer();
        }
    }

    private void closeConsumer() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            consumer = null;
        }
    }
}
