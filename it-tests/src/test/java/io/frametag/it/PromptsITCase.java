package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.json.ErrorJson;
import io.frametag.connectors.kafka.KafkaAccessException;
import io.frametag.connectors.kafka.KafkaPrompts;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.connectors.kafka.KafkaTopics;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
final class PromptsITCase {

    @RegisterExtension static final TestingKafka KAFKA = new TestingKafka();
    @RegisterExtension static final MiniClusterExtension FLINK = TestingJobs.cluster();

    private static final Prompt DOG = Prompt.of("dog", "a dog");
    private static final Prompt CAT = Prompt.of("cat", "a cat");
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What the running job emitted; a job of the MiniCluster shares our memory. */
    private static final BlockingQueue<PromptChange> CHANGES = new ArrayBlockingQueue<>(100);

    @Test
    void promptsArePutListedAndDeleted() throws Exception {
        PromptsTopic topic = new PromptsTopic(KAFKA.connection(), "prompts.client");

        topic.put(List.of(DOG, CAT));
        Prompt other = Prompt.of("dog", "another dog");
        topic.put(List.of(other));
        assertThat(topic.list().prompts()).containsExactly(CAT, other);

        topic.delete(List.of("cat", "never-there"));
        KAFKA.send(record("prompts.client", "bad", "{}"));

        assertThat(topic.list().prompts()).containsExactly(other);
        assertThat(topic.list().problems())
                .containsExactly(
                        "prompts.client-0@5, line 1: field id is missing: give each prompt an id"
                                + " of its own");
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        PromptsTopic topic = new PromptsTopic(KAFKA.connection(), "prompts.missing");

        assertThatThrownBy(topic::list)
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageContaining(" has no topic prompts.missing: create it");
        assertThatThrownBy(
                        () -> KafkaTopics.require(KAFKA.connection(), List.of("prompts.missing")))
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageContaining(" has no topic prompts.missing: create it");
    }

    @Test
    void topicsThatExistAreLeftAsTheyAre() throws Exception {
        KAFKA.create(KafkaTopic.frames("twice", 2));
        KAFKA.create(KafkaTopic.frames("twice", 3), KafkaTopic.results("new", 1));

        try (TestingKafka.Reader reader = KAFKA.reader("twice")) {
            assertThat(reader.records()).isEmpty();
        }
    }

    @Test
    void aJobGetsWhatIsThereThenTheMarkThenEachChange() throws Exception {
        PromptsTopic topic = new PromptsTopic(KAFKA.connection(), "prompts.job");
        topic.put(List.of(DOG, CAT));
        KAFKA.create(KafkaTopic.results("errors", 1));

        whileReading(
                "prompts.job",
                () -> {
                    assertThat(next()).isEqualTo(PromptChange.put(0, DOG));
                    assertThat(next()).isEqualTo(PromptChange.put(1, CAT));
                    assertThat(next().isSnapshotEnd()).isTrue();

                    topic.delete(List.of("dog"));
                    assertThat(next()).isEqualTo(PromptChange.delete("dog", 2));
                    KAFKA.send(record("prompts.job", "bad", "{\"id\":\"bad\"}"));
                    topic.put(List.of(DOG));
                    assertThat(next()).isEqualTo(PromptChange.put(4, DOG));

                    try (TestingKafka.Reader errors = KAFKA.reader("errors")) {
                        byte[] error = errors.until(SOON, all -> !all.isEmpty()).get(0).value();
                        assertThat(ErrorJson.isOfPrompt(error)).isTrue();
                        FailedPrompt failed = ErrorJson.readPrompt(error);
                        assertThat(failed.id()).isEqualTo("bad");
                        assertThat(failed.version()).isEqualTo(3);
                        assertThat(failed.detail()).contains("field texts is missing");
                    }
                });
    }

    @Test
    void anEmptyTopicGivesTheMarkAtOnce() throws Exception {
        new PromptsTopic(KAFKA.connection(), "prompts.empty").ensure();
        KAFKA.create(KafkaTopic.results("errors", 1));

        whileReading("prompts.empty", () -> assertThat(next().isSnapshotEnd()).isTrue());
    }

    private static void whileReading(
            String topic, org.apache.flink.util.function.ThrowingRunnable<Exception> body)
            throws Exception {
        CHANGES.clear();
        StreamExecutionEnvironment env = TestingJobs.environment(2);
        KafkaPrompts prompts = KafkaPrompts.from(env, KAFKA.connection(), topic);
        prompts.changes().sinkTo(new Collect()).setParallelism(1);
        prompts.failures()
                .sinkTo(
                        KafkaResults.promptErrors()
                                .connection(KAFKA.connection())
                                .topic("errors")
                                .build());
        TestingJobs.whileRunning(env, body);
    }

    private static PromptChange next() throws InterruptedException {
        PromptChange change = CHANGES.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(change).as("a change within %s", SOON).isNotNull();
        return change;
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    /** Hands what a job emits to the test. */
    private static final class Collect implements Sink<PromptChange> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<PromptChange> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(PromptChange change, Context unused) {
                    CHANGES.add(change);
                }

                @Override
                public void flush(boolean endOfInput) {
                    // Nothing is held back.
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }
}
