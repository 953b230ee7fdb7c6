package io.frametag.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Prompt;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KafkaConnectionTest {

    private static final Duration LIMIT = Duration.ofMillis(700);
    private static final Duration MUCH_TOO_LONG = Duration.ofSeconds(15);

    @Test
    void defaultsAreOursOverThemTheUsers() {
        KafkaConnection connection = KafkaConnection.to("a:1").with(Map.of("acks", "1"));

        assertThat(connection.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connection.clientProperties(Map.of("acks", "all", "linger.ms", "5")))
                .containsEntry("acks", "1")
                .containsEntry("linger.ms", "5")
                .containsEntry("bootstrap.servers", "a:1");
    }

    @Test
    void secretsAreNotShown() {
        KafkaConnection connection =
                KafkaConnection.to("a:1").with(Map.of("sasl.jaas.config", "canary-password"));

        assertThat(connection.toString()).contains("sasl.jaas.config").doesNotContain("canary");
    }

    @Test
    void boundsAreNamed() {
        assertThatThrownBy(() -> KafkaConnection.to(" "))
                .hasMessageContaining("must be one or more HOST:PORT");
        assertThatThrownBy(() -> KafkaConnection.to("a:1").withTimeout(Duration.ZERO))
                .hasMessage("Kafka timeout (PT0S) must be > 0");
    }

    /** A port that takes connections and never answers: the worst a broker can do. */
    @Test
    void aSilentBrokerIsWaitedForNoLongerThanAllowed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertUnreachable("127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void aPortWithoutABrokerIsWaitedForNoLongerThanAllowed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertUnreachable("127.0.0.1:" + port);
    }

    @Test
    void aNameThatIsNotKnownIsSaidSo() {
        KafkaConnection connection =
                KafkaConnection.to("no-such-host.invalid:9092").withTimeout(LIMIT);

        assertThatThrownBy(() -> new PromptsTopic(connection, "prompts").list())
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageStartingWith("Kafka at no-such-host.invalid:9092 can't be used (")
                .hasMessageContaining("check the address");
    }

    private static void assertUnreachable(String address) {
        KafkaConnection connection = KafkaConnection.to(address).withTimeout(LIMIT);
        PromptsTopic topic = new PromptsTopic(connection, "prompts");
        assertBounded(address, () -> KafkaTopics.ensure(connection, List.of()));
        assertBounded(address, () -> topic.put(List.of(Prompt.of("dog", "a dog"))));
        assertBounded(address, topic::list);
        assertBounded(
                address,
                () ->
                        KafkaPrompts.from(
                                StreamExecutionEnvironment.getExecutionEnvironment(),
                                connection,
                                "prompts"));
    }

    private static void assertBounded(
            String address, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call)
                .isInstanceOf(KafkaAccessException.class)
                .hasMessage(
                        "Kafka at "
                                + address
                                + " did not answer within 0.7 s: check the address and that a"
                                + " broker runs there");
        // Far from the limit, for a busy machine; Kafka's own defaults wait for a minute or more.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MUCH_TOO_LONG);
    }
}
