package io.frametag.connectors.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Turns what Kafka's clients throw into one line that names the address, cause and mend. */
final class KafkaFailures {

    private KafkaFailures() {}

    /** Waits for an answer, no longer than the connection allows. */
    static <T> T await(KafkaConnection connection, KafkaFuture<T> answer)
            throws KafkaAccessException {
        try {
            return answer.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw explain(connection, e);
        }
    }

    static KafkaAccessException explain(KafkaConnection connection, Exception failure) {
        if (failure instanceof InterruptedException
                || failure instanceof org.apache.kafka.common.errors.InterruptException) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        return new KafkaAccessException(
                "Kafka at " + connection.bootstrapServers() + " " + problem(connection, cause),
                cause);
    }

    private static String problem(KafkaConnection connection, Throwable cause) {
        if (cause instanceof TimeoutException
                || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "did not answer within "
                    + connection.timeout().toMillis() / 1000.0
                    + " s: check the address and that a broker runs there";
        }
        if (cause instanceof InterruptedException
                || cause instanceof org.apache.kafka.common.errors.InterruptException) {
            return "was not waited for: interrupted";
        }
        if (cause instanceof AuthenticationException) {
            return "refused the login (" + line(cause) + "): check the security properties";
        }
        if (cause instanceof AuthorizationException) {
            return "refused access (" + line(cause) + "): ask its owner for the right";
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "has no such topic (" + line(cause) + "): create it, or check its name";
        }
        return "can't be used (" + line(root(cause)) + "): check " + suspect(cause);
    }

    private static String suspect(Throwable cause) {
        return root(cause) instanceof ConfigException
                ? "the address and the properties"
                : "the broker";
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.replaceAll("\\s+", " ").trim();
    }
}
