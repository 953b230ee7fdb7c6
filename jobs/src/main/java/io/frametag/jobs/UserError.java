package io.frametag.jobs;

/**
 * What a user did or has that a command can't go on with. The message is one line, cause first,
 * then the mend; it is shown as it is.
 */
public final class UserError extends Exception {

    private static final long serialVersionUID = 1L;

    /** Exit code of a command that failed. */
    public static final int FAILED = 1;

    /** Exit code of a command that was not used as it must be. */
    public static final int USAGE = 2;

    private final int exitCode;

    private UserError(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command was used rightly but can't do it. */
    public static UserError failed(String message) {
        return new UserError(FAILED, message, null);
    }

    /** As {@link #failed(String)}, with what it came from. */
    public static UserError failed(String message, Throwable cause) {
        return new UserError(FAILED, message, cause);
    }

    /** The command was given something that it does not take. */
    public static UserError usage(String message) {
        return new UserError(USAGE, message, null);
    }

    /** Exit code that the command ends with. */
    public int exitCode() {
        return exitCode;
    }
}
