package io.frametag.jobs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EmbeddedBrokerITCase {

    private static final TopicPartition FRAMES = new TopicPartition("frames", 0);

    @TempDir Path folder;

    @Test
    void recordsAreServedAndTheFolderIsDeletedAtTheEnd() throws Exception {
        Path data;
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            data = broker.dataFolder();
            assertThat(Files.isDirectory(data)).isTrue();
            createTopic(broker);
            byte[] large = new byte[5 << 20];
            produce(broker, large);

            assertThat(consume(broker).value()).isEqualTo(large);
        }
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void aGivenFolderIsFoundAgainOnAnotherPort() throws Exception {
        byte[] value = "kept".getBytes(StandardCharsets.UTF_8);
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
            createTopic(broker);
            produce(broker, value);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
            assertThat(consume(broker).value()).isEqualTo(value);
        }
        assertThat(Files.isDirectory(folder)).isTrue();
    }

    @Test
    void aPortInUseIsNamedAtOnce() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort(), null))
                    .isInstanceOf(BrokerException.class)
                    .hasMessage(
                            "port "
                                    + taken.getLocalPort()
                                    + " on 127.0.0.1 is in use: choose another port for the"
                                    + " broker, or 0 for any free one");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedBroker.start(0, file))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose another");
    }

    @Test
    void aFolderInUseByAnotherBrokerIsRefusedAndThatBrokerGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(0, folder))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageEndingWith(
                            folder
                                    + " is in use by another broker: end it, or choose another folder");

            createTopic(broker);
            produce(broker, new byte[1]);
            assertThat(consume(broker).value()).hasSize(1);
        }
    }

    @Test
    void topicsAreNotMadeByBeingNamed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(client(broker))) {
            assertThatThrownBy(
                            () ->
                                    admin.describeTopics(List.of("frames"))
                                            .allTopicNames()
                                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void closingTwiceDoesNothing() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start();
        long start = System.nanoTime();
        broker.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        broker.close();

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        try (ServerSocket again =
                new ServerSocket(broker.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void portsThatThereAreNotAreRefused() {
        assertThatThrownBy(() -> EmbeddedBroker.start(70_000, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broker port (70000) must be from 0 to 65535");
    }

    /** Threads left behind would keep the process from ending. */
    @Test
    void noThreadIsLeftBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            createTopic(broker);
            produce(broker, new byte[1]);
        }

        await().pollInSameThread()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(Thread.getAllStackTraces().keySet())
                                        .filteredOn(thread -> !before.contains(thread))
                                        .filteredOn(thread -> !thread.isDaemon())
                                        .isEmpty());
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(client(broker))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(
                                            "frames", Optional.of(1), Optional.<Short>empty())))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void produce(EmbeddedBroker broker, byte[] value) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "max.request.size",
                        BrokerSettings.MAX_RECORD_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(FRAMES.topic(), value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static ConsumerRecord<byte[], byte[]> consume(EmbeddedBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        client(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(FRAMES));
            consumer.seekToBeginning(List.of(FRAMES));
            ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(20));
            assertThat(records.count()).isEqualTo(1);
            return records.iterator().next();
        }
    }
}
