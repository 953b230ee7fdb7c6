package io.frametag.connectors.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Looks for topics and creates those that are missing. Each wait is bounded. */
@PublicEvolving
public final class KafkaTopics {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private KafkaTopics() {}

    /**
     * Creates those of the topics that do not exist; those that do are left as they are. Returns
     * once all can be used.
     *
     * @throws KafkaAccessException where Kafka can't be reached within the connection's timeout, or
     *     refuses
     */
    public static void ensure(KafkaConnection connection, Collection<KafkaTopic> topics)
            throws KafkaAccessException {
        try (BoundedAdmin admin = new BoundedAdmin(connection)) {
            Set<String> missing = names(topics);
            missing.removeAll(admin.names());
            if (missing.isEmpty()) {
                return;
            }
            admin.create(topics.stream().filter(t -> missing.contains(t.name())).toList());
            admin.awaitNames(missing);
        }
    }

    /**
     * Checks that the topics exist.
     *
     * @throws KafkaAccessException where Kafka can't be reached within the connection's timeout, or
     *     one of the topics is missing
     */
    public static void require(KafkaConnection connection, Collection<String> topics)
            throws KafkaAccessException {
        try (BoundedAdmin admin = new BoundedAdmin(connection)) {
            Set<String> missing = new TreeSet<>(topics);
            missing.removeAll(admin.names());
            if (!missing.isEmpty()) {
                throw new KafkaAccessException(
                        "Kafka at "
                                + connection.bootstrapServers()
                                + " has no topic "
                                + String.join(", ", missing)
                                + ": create it, or check its name");
            }
        }
    }

    private static Set<String> names(Collection<KafkaTopic> topics) {
        return topics.stream().map(KafkaTopic::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Kafka's admin client, which is closed without a wait and waits no longer than allowed. */
    private static final class BoundedAdmin implements AutoCloseable {

        private final KafkaConnection connection;
        private final Admin admin;
        private final long deadlineNanos;

        BoundedAdmin(KafkaConnection connection) throws KafkaAccessException {
            this.connection = connection;
            String millis = String.valueOf(connection.timeoutMillis());
            deadlineNanos = System.nanoTime() + connection.timeout().toNanos();
            try {
                admin =
                        Admin.create(
                                connection.clientProperties(
                                        Map.of(
                                                "request.timeout.ms",
                                                millis,
                                                "default.api.timeout.ms",
                                                millis)));
            } catch (KafkaException e) {
                throw KafkaFailures.explain(connection, e);
            }
        }

        Set<String> names() throws KafkaAccessException {
            return KafkaFailures.await(connection, admin.listTopics().names());
        }

        void create(List<KafkaTopic> topics) throws KafkaAccessException {
            List<NewTopic> wanted =
                    topics.stream()
                            .map(
                                    topic ->
                                            new NewTopic(
                                                            topic.name(),
                                                            Optional.of(topic.partitions()),
                                                            Optional.<Short>empty())
                                                    .configs(topic.settings()))
                            .toList();
            for (KafkaFuture<Void> created : admin.createTopics(wanted).values().values()) {
                try {
                    KafkaFailures.await(connection, created);
                } catch (KafkaAccessException e) {
                    // Another process may have made it at the same moment.
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }

        /** A created topic is known to its broker a moment after its controller. */
        void awaitNames(Set<String> topics) throws KafkaAccessException {
            while (!names().containsAll(topics)) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new KafkaAccessException(
                            "Kafka at "
                                    + connection.bootstrapServers()
                                    + " created "
                                    + topics
                                    + " but did not serve them in time: check the broker");
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
