package io.frametag.connectors.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How one client gets pictures. Used from the thread of its stream; writes may block. */
interface PictureSender {

    /** The picture at which the playhead is, cut into what is written at once. */
    List<byte[]> pieces(Playhead playhead) throws IOException;

    void write(List<byte[]> pieces) throws IOException;

    /**
     * Ties the stream's time to the time of day.
     *
     * @param epochNanos since 1970
     * @param ticks of 1/90,000 s from the start of the stream, at that time
     */
    default void report(long epochNanos, long ticks) throws IOException {
        // Only RTP has a way to tell.
    }

    /** Ends the stream in order. */
    default void bye() throws IOException {
        // The end of the connection tells.
    }

    /** For how long what was sent can be overtaken by what is sent another way. */
    default Duration overtaking() {
        return Duration.ZERO;
    }
}
