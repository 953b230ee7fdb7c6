package io.frametag.connectors.video;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/** A video that can't be read. The message is one line that names the cause and the mend. */
@PublicEvolving
public final class VideoException extends Exception {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        FAILED,
        REFUSED,
        STALLED
    }

    private final Kind kind;

    public VideoException(String message) {
        this(message, Kind.FAILED, null);
    }

    public VideoException(String message, Throwable cause) {
        this(message, Kind.FAILED, cause);
    }

    private VideoException(String message, Kind kind, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Of a stream that will not be readable until someone changes something. */
    static VideoException refused(String message) {
        return new VideoException(message, Kind.REFUSED, null);
    }

    /** Of a stream that is open and gives nothing. */
    static VideoException stalled(String message) {
        return new VideoException(message, Kind.STALLED, null);
    }

    boolean isRefused() {
        return kind == Kind.REFUSED;
    }

    boolean isStalled() {
        return kind == Kind.STALLED;
    }
}
