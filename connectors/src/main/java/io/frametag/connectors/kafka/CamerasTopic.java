package io.frametag.connectors.kafka;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamJson;
import io.frametag.connectors.json.StreamListException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes and lists the cameras of running jobs, through the cameras topic. No method waits for
 * Kafka longer than a few of the connection's timeouts. Thread-safe; keeps no connection between
 * calls.
 *
 * <p>Who may read the topic reads the addresses in it: give passwords as {@code ${env:NAME}} or
 * {@code ${file:/path}}.
 */
@PublicEvolving
public final class CamerasTopic {

    /** The topic's name where none is chosen. */
    public static final String DEFAULT_TOPIC = "frametag.cameras";

    private final KafkaConnection connection;
    private final String topic;
    private final CompactedTopic records;

    public CamerasTopic(KafkaConnection connection, String topic) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.topic = Objects.requireNonNull(topic, "topic");
        records = new CompactedTopic(connection, KafkaTopic.cameras(topic));
    }

    /**
     * What the topic holds.
     *
     * @param cameras in the order they were last put
     * @param problems one line for each record that is no camera, which jobs pass over
     */
    public record Listing(List<StreamEntry> cameras, List<String> problems) {}

    /** Creates the topic, compacted, if it is missing. */
    public void ensure() throws KafkaAccessException {
        records.ensure();
    }

    /**
     * Puts cameras, each in the place of the one of its id if there is one; returns once Kafka has
     * them all. Creates the topic if it is missing.
     */
    public void put(Collection<StreamEntry> cameras) throws KafkaAccessException {
        Map<String, byte[]> values = new LinkedHashMap<>();
        cameras.forEach(camera -> values.put(camera.id(), StreamJson.write(camera)));
        records.put(values);
    }

    /** Deletes the cameras of these ids; ids without a camera do nothing. */
    public void delete(Collection<String> ids) throws KafkaAccessException {
        records.delete(ids);
    }

    /** Reads what the topic holds now. */
    public Listing list() throws KafkaAccessException {
        List<StreamEntry> cameras = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                PromptsSnapshot.read(connection, topic).latest()) {
            try {
                StreamEntry camera = CameraRecord.entry(record);
                if (camera != null) {
                    cameras.add(camera);
                }
            } catch (StreamListException e) {
                problems.add(e.getMessage());
            }
        }
        return new Listing(cameras, problems);
    }
}
