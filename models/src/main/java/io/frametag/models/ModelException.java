package io.frametag.models;

/**
 * A model that can't be used as it is: missing, incomplete, altered or of a layout that is not
 * known. The message is one line that names the cause and the mend, fit for showing to a user.
 */
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
