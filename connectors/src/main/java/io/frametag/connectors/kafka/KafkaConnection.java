package io.frametag.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How Kafka is reached. Immutable.
 *
 * @param bootstrapServers one or more {@code HOST:PORT}, separated by commas
 * @param properties for every client, such as those of Kafka's security, passed to Kafka unchanged
 *     and above any default of ours
 * @param timeout longest wait for an answer where the caller waits: 10 seconds unless told
 */
@PublicEvolving
public record KafkaConnection(
        String bootstrapServers, Map<String, String> properties, Duration timeout)
        implements Serializable {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public KafkaConnection {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "bootstrap servers () must be one or more HOST:PORT, separated by commas");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("Kafka timeout (" + timeout + ") must be > 0");
        }
        properties = Map.copyOf(properties);
    }

    /** A connection without further properties, that waits 10 seconds for answers. */
    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of(), DEFAULT_TIMEOUT);
    }

    /** This connection with these properties as well. */
    public KafkaConnection with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return new KafkaConnection(bootstrapServers, all, timeout);
    }

    /** This connection with another longest wait. */
    public KafkaConnection withTimeout(Duration limit) {
        return new KafkaConnection(bootstrapServers, properties, limit);
    }

    /** The properties for a client: its defaults, then this connection's over them. */
    Properties clientProperties(Map<String, String> defaults) {
        Properties all = new Properties();
        all.putAll(defaults);
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        return all;
    }

    int timeoutMillis() {
        return Math.toIntExact(Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }

    /** Without the values of the properties, which may be secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + " " + properties.keySet() + "]";
    }
}
