package io.frametag.it;

import static org.awaitility.Awaitility.await;

import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.connectors.kafka.KafkaTopics;
import io.frametag.jobs.broker.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real broker for the tests of a class, and plain clients of it. */
final class TestingKafka implements BeforeAllCallback, AfterAllCallback {

    private EmbeddedBroker broker;
    private KafkaProducer<byte[], byte[]> producer;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        broker = EmbeddedBroker.start();
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
        }
        if (broker != null) {
            broker.close();
        }
    }

    KafkaConnection connection() {
        return KafkaConnection.to(broker.bootstrapServers());
    }

    void create(KafkaTopic... topics) throws Exception {
        KafkaTopics.ensure(connection(), List.of(topics));
    }

    /** Sends the record and waits until the broker has it. */
    void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get(20, TimeUnit.SECONDS);
    }

    /** Sends the records together and waits until the broker has them all. */
    void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        var sent = records.stream().map(producer::send).toList();
        for (var record : sent) {
            record.get(20, TimeUnit.SECONDS);
        }
    }

    /** Reads a topic from its start; the caller closes it. */
    Reader reader(String topic) {
        return new Reader(broker.bootstrapServers(), topic);
    }

    /** What is waited for. */
    interface Condition {
        boolean test(List<ConsumerRecord<byte[], byte[]>> records) throws IOException;
    }

    /** All committed records of a topic since its start, as they come. For one thread. */
    static final class Reader implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

        private Reader(String bootstrapServers, String topic) {
            consumer =
                    new KafkaConsumer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    bootstrapServers,
                                    "isolation.level",
                                    "read_committed"),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer());
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic, Duration.ofSeconds(10)).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        /** What was read so far, after a look for more. */
        List<ConsumerRecord<byte[], byte[]>> records() {
            consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            return records;
        }

        /** Reads until the condition holds of all records so far. */
        List<ConsumerRecord<byte[], byte[]>> until(Duration limit, Condition condition) {
            await().atMost(limit)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> condition.test(records()));
            return records;
        }

        /** Reads to where the topic ends now. */
        List<ConsumerRecord<byte[], byte[]>> toEnd(Duration limit) {
            var ends = consumer.endOffsets(consumer.assignment(), Duration.ofSeconds(10));
            return until(
                    limit,
                    all ->
                            ends.entrySet().stream()
                                    .allMatch(
                                            end ->
                                                    consumer.position(end.getKey())
                                                            >= end.getValue()));
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
