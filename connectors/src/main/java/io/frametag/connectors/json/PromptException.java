package io.frametag.connectors.json;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Prompts that can't be used as they stand. The message is one line that names the file or record,
 * the line, the field, the value and the rule it breaks, fit for showing to a user.
 */
@PublicEvolving
public final class PromptException extends Exception {

    private static final long serialVersionUID = 1L;

    public PromptException(String message) {
        super(message);
    }

    public PromptException(String message, Throwable cause) {
        super(message, cause);
    }
}
