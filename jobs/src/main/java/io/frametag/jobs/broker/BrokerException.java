package io.frametag.jobs.broker;

/**
 * The broker could not be started. The message is one line that names the cause and the mend, fit
 * for showing to a user.
 */
public final class BrokerException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
