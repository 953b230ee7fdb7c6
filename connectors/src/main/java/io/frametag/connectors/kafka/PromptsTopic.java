package io.frametag.connectors.kafka;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptJson;
import io.frametag.operators.data.Prompt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
    private final CompactedTopic records;

    public PromptsTopic(KafkaConnection connection, String topic) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.topic = Objects.requireNonNull(topic, "topic");
        records = new CompactedTopic(connection, KafkaTopic.prompts(topic));
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
        records.ensure();
    }

    /**
     * Puts prompts, each in the place of the one of its id if there is one; returns once Kafka has
     * them all. Creates the topic if it is missing.
     */
    public void put(Collection<Prompt> prompts) throws KafkaAccessException {
        Map<String, byte[]> values = new LinkedHashMap<>();
        prompts.forEach(prompt -> values.put(prompt.id(), PromptJson.write(prompt)));
        records.put(values);
    }

    /** Deletes the prompts of these ids; ids without a prompt do nothing. */
    public void delete(Collection<String> ids) throws KafkaAccessException {
        records.delete(ids);
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
}
