package io.frametag.connectors.json;

import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A list of streams that can't be used as it stands. The message is one line that names the file or
 * record, the line, the field, the value and the rule it breaks, without user names and passwords.
 */
@PublicEvolving
public final class StreamListException extends IOException {

    private static final long serialVersionUID = 1L;

    public StreamListException(String message) {
        super(message);
    }

    public StreamListException(String message, Throwable cause) {
        super(message, cause);
    }
}
