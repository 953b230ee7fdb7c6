package io.frametag.operators.data;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** How a stream is, as the status topic tells it. */
@PublicEvolving
public enum StreamState {
    /** Being opened. */
    CONNECTING,
    /** Frames arrive. */
    UP,
    /** Open, but no frame arrives. */
    STALLED,
    /** Lost; it will be tried again. */
    DOWN,
    /** Can't be read until someone changes something; the error says why, and when it is tried. */
    REFUSED,
    /** At its end; all of its frames were read. */
    ENDED;

    /** The lower-case name used in records. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
