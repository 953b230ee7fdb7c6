package io.frametag.connectors.kafka;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Kafka could not be reached or refused what was asked. The message is one line that names the
 * address, the cause and the mend, fit for showing to a user.
 */
@PublicEvolving
public final class KafkaAccessException extends Exception {

    private static final long serialVersionUID = 1L;

    public KafkaAccessException(String message, Throwable cause) {
        super(message, cause);
    }

    public KafkaAccessException(String message) {
        super(message);
    }
}
