package io.frametag.jobs.demo;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptJson;
import io.frametag.connectors.json.StatusJson;
import io.frametag.connectors.json.TagsJson;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.operators.data.FrameTags;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tags, status and prompts topics on a thread of its own and hands on what comes, so that
 * all that the demo shows, checks and writes went through Kafka.
 */
final class KafkaFeed implements AutoCloseable {

    private static final TopicPartition TAGS =
            new TopicPartition(KafkaResults.DEFAULT_TAGS_TOPIC, 0);
    private static final TopicPartition STATUS =
            new TopicPartition(KafkaResults.DEFAULT_STATUS_TOPIC, 0);
    private static final TopicPartition PROMPTS = new TopicPartition(PromptsTopic.DEFAULT_TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Board board;
    private final Check check;
    private final @Nullable OutputStream output;
    private final Thread thread = new Thread(this::read, "kafka-feed");
    private volatile boolean finishing;
    private volatile boolean closing;
    private volatile @Nullable Exception failure;

    /**
     * Begins to listen; prompts that are there already are not told.
     *
     * @param output gets each record of the tags topic as a line; the caller's to close
     */
    KafkaFeed(String bootstrapServers, Board board, Check check, @Nullable OutputStream output) {
        this.board = board;
        this.check = check;
        this.output = output;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("enable.auto.commit", "false");
        properties.put("fetch.max.wait.ms", "100");
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(TAGS, STATUS, PROMPTS));
        consumer.seekToBeginning(List.of(TAGS, STATUS));
        consumer.seekToEnd(List.of(PROMPTS));
        // Seeking is lazy; a prompt put from now on must not be missed.
        consumer.position(PROMPTS);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (!closing) {
                boolean last = finishing;
                Map<TopicPartition, Long> ends =
                        last ? consumer.endOffsets(List.of(TAGS, STATUS)) : Map.of();
                do {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        take(record);
                    }
                } while (last && !closing && !hasRead(ends));
                if (output != null) {
                    output.flush();
                }
                if (last) {
                    return;
                }
            }
        } catch (IOException | KafkaException e) {
            failure = e;
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.topic().equals(TAGS.topic())) {
            FrameTags tags = TagsJson.read(record.value());
            board.tagged(tags, record.timestamp());
            check.accept(tags);
            if (output != null) {
                output.write(record.value());
                output.write('\n');
            }
        } else if (record.topic().equals(STATUS.topic())) {
            board.status(StatusJson.read(record.value()));
        } else {
            board.note(describe(record));
        }
    }

    /** A change of the prompts, in words. */
    static String describe(ConsumerRecord<byte[], byte[]> record) {
        String id = record.key() == null ? "?" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            return "Prompt " + id + " deleted.";
        }
        try {
            List<String> texts = PromptJson.read("prompt " + id, record.value()).texts();
            return "Prompt " + id + " put: \"" + String.join("\", \"", texts) + "\"";
        } catch (PromptException e) {
            return "Refused: " + e.getMessage();
        }
    }

    /** Why it stopped reading; null where it did not. */
    @Nullable Exception failure() {
        return failure;
    }

    /** Reads what the topics hold by now and stops; call it once nothing more is written. */
    void finish(Duration limit) throws InterruptedException {
        finishing = true;
        thread.join(limit.toMillis());
    }

    /** Stops reading, within a second. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
