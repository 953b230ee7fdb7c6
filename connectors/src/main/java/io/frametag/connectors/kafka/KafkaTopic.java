package io.frametag.connectors.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A topic as it is to be created. Immutable.
 *
 * @param name of the topic
 * @param partitions how many
 * @param settings of the topic, by Kafka's names; what is absent is as the broker has it
 */
@PublicEvolving
public record KafkaTopic(String name, int partitions, Map<String, String> settings) {

    /** Largest frame a frames topic takes, in bytes. */
    public static final int MAX_FRAME_BYTES = 16 << 20;

    public KafkaTopic {
        Objects.requireNonNull(name, "name");
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions (" + partitions + ") must be >= 1");
        }
        settings = Map.copyOf(settings);
    }

    /**
     * A topic for compressed pictures of up to 16 MiB; the frames of a stream share a partition.
     */
    public static KafkaTopic frames(String name, int partitions) {
        return new KafkaTopic(
                name,
                partitions,
                Map.of(
                        "cleanup.policy",
                        "delete",
                        "max.message.bytes",
                        String.valueOf(MAX_FRAME_BYTES)));
    }

    /** A topic for prompts: compacted, so that it keeps the last of each, and of one partition. */
    public static KafkaTopic prompts(String name) {
        return new KafkaTopic(name, 1, Map.of("cleanup.policy", "compact"));
    }

    /** A topic for cameras: compacted, so that it keeps the last of each, and of one partition. */
    public static KafkaTopic cameras(String name) {
        return new KafkaTopic(name, 1, Map.of("cleanup.policy", "compact"));
    }

    /** A topic for tags, status or errors. */
    public static KafkaTopic results(String name, int partitions) {
        return new KafkaTopic(name, partitions, Map.of("cleanup.policy", "delete"));
    }

    /** This topic with one setting more, such as {@code retention.ms}. */
    public KafkaTopic with(String setting, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(setting, value);
        return new KafkaTopic(name, partitions, all);
    }
}
