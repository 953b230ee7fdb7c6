package io.frametag.connectors.video;

import org.apache.flink.annotation.PublicEvolving;

/** A video that can't be read. The message is one line that names the cause and the mend. */
@PublicEvolving
public final class VideoException extends Exception {

    private static final long serialVersionUID = 1L;

    public VideoException(String message) {
        super(message);
    }

    public VideoException(String message, Throwable cause) {
        super(message, cause);
    }
}
