package io.frametag.connectors.kafka;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Names of the headers on the frames topic. Their values are UTF-8 text, numbers in decimal digits;
 * see {@code docs/schemas/frame-headers.schema.json}.
 */
@PublicEvolving
public final class FrameHeaders {

    /** Id of the stream. */
    public static final String STREAM = "stream";

    /** Number of the frame in its stream. */
    public static final String SEQUENCE = "sequence";

    /** When the picture was taken, in milliseconds since the epoch. */
    public static final String FRAME_TIME = "frame-time";

    /** How the picture is coded, such as {@code jpeg}. */
    public static final String CODEC = "codec";

    private FrameHeaders() {}
}
