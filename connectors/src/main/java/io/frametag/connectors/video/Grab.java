package io.frametag.connectors.video;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to read a live stream, on a thread of its own, from its opening to its end. What it
 * reads is in its {@link Handover}. All methods are for the thread that hands on.
 */
interface Grab {

    /** Starts attempts. */
    interface Starter {
        /**
         * Starts one.
         *
         * @param interval of the last frame that the sampling kept
         * @param lastTime event time of the last frame
         */
        Grab start(long interval, long lastTime);
    }

    /** How far it is. */
    enum Phase {
        OPENING,
        READING,
        OVER
    }

    /**
     * How it came to its end.
     *
     * @param failure null where the stream ended in order
     * @param isFinite whether it had an end from the start, such as a recording
     */
    record End(@Nullable VideoException failure, boolean isFinite) {}

    Handover handover();

    Phase phase();

    /** When the phase began, or, while reading, when the last good frame came: nanoseconds. */
    long progressNanos();

    /** Frames' timestamps that jumped so far. */
    long jumps();

    /** Null until it is over. */
    @Nullable End end();

    /** Asks it to end; it lets nothing more in. */
    void interrupt();

    /** Waits at most that long for its thread to end. */
    boolean awaitOver(long millis);
}
