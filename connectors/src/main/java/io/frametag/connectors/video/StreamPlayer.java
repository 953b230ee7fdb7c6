package io.frametag.connectors.video;

import java.util.List;

/**
 * Turns one stream into its items, in order. For one thread at a time; {@link #interrupt()} may
 * come from any.
 */
interface StreamPlayer extends AutoCloseable {

    /** Whether the last item was handed out. */
    boolean isFinished();

    /** Ends the running or the next call of {@link #next}, which then gives no items. */
    void interrupt();

    /** The next items; none where interrupted. */
    List<VideoRecord> next();

    /** What is left to say of a stream that is ended from outside, behind the last item given. */
    List<VideoRecord> finish();

    @Override
    void close();
}
