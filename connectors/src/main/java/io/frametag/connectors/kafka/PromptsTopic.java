package io.frametag.connectors.kafka;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptJson;
import io.frametag.operators.data.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Changes and lists the prompts of running jobs, through the prompts topic. No method waits for
 * Kafka longer than a few of the connection's timeouts. Thread-safe; keeps no connection between
 * calls.
 */
@PublicEvolving
public final class PromptsTopic {

    /** The topic's name where none is chosen. */
    public static final String DEFAULT_TOPIC = "frametag.prompts";

    private final KafkaConnection connection;
    private final String topic;

    public PromptsTopic(KafkaConnection connection, String topic) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    /**
     * What the topic holds.
     *
     * @param prompts in the order they were last put
     * @param problems one line for each record that is no prompt, which jobs pass over
     */
    public record Listing(List<Prompt> prompts, List<String> problems) {}

    /** Creates the topic, compacted, if it is missing. */
    public void ensure() throws KafkaAccessException {
        KafkaTopics.ensure(connection, List.of(KafkaTopic.prompts(topic)));
    }

    /**
     * Puts prompts, each in the place of the one of its id if there is one; returns once Kafka has
     * them all. Creates the topic if it is missing.
     */
    public void put(Collection<Prompt> prompts) throws KafkaAccessException {
        Map<String, byte[]> values = new HashMap<>();
        prompts.forEach(prompt -> values.put(prompt.id(), PromptJson.write(prompt)));
        send(prompts.stream().map(Prompt::id).distinct().toList(), values);
    }

    /** Deletes the prompts of these ids; ids without a prompt do nothing. */
    public void delete(Collection<String> ids) throws KafkaAccessException {
        send(ids, Map.of());
    }

    /** Reads what the topic holds now. */
    public Listing list() throws KafkaAccessException {
        List<Prompt> prompts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                PromptsSnapshot.read(connection, topic).latest()) {
            PromptRecord raw = PromptRecord.of(record);
            try {
                Prompt prompt = raw.change(topic).prompt();
                if (prompt != null) {
                    prompts.add(prompt);
                }
            } catch (PromptException e) {
                problems.add(e.getMessage());
            }
        }
        return new Listing(prompts, problems);
    }

    private void send(Collection<String> ids, Map<String, byte[]> values)
            throws KafkaAccessException {
        ensure();
        KafkaProducer<byte[], byte[]> producer = null;
        try {
            producer = producer();
            List<Future<?>> sent = new ArrayList<>();
            for (String id : ids) {
                byte @Nullable [] value = values.get(id);
                sent.add(producer.send(new ProducerRecord<>(topic, PromptKeys.bytes(id), value)));
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
