package io.frametag.models.pull;

/** A transfer that failed in a way that may pass: a lost connection, a stall, a busy server. */
final class TransferException extends Exception {

    private static final long serialVersionUID = 1L;

    TransferException(String message) {
        super(message);
    }

    TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
