package io.frametag.jobs.tag;

import io.frametag.operators.data.StreamStatus;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;

/**
 * How far a run is, as one line of standard error that is rewritten; nothing where that is no
 * terminal, or where the tags themselves go to the terminal. Thread-safe.
 */
final class TagProgress {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown;
    private final long startNanos = System.nanoTime();

    TagProgress(PrintWriter err, TagOutput output) {
        this.err = err;
        boolean tagsOnTerminal =
                output.kind() == TagOutput.Kind.STANDARD_OUTPUT
                        && Boolean.getBoolean("frametag.terminal");
        this.shown = Boolean.getBoolean("frametag.terminal.errors") && !tagsOnTerminal;
    }

    synchronized void show(Collection<StreamStatus> statuses) {
        if (!shown) {
            return;
        }
        long in = statuses.stream().mapToLong(StreamStatus::in).sum();
        long tagged = statuses.stream().mapToLong(StreamStatus::tagged).sum();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        err.print(
                String.format(
                        Locale.ROOT,
                        "%s  %d frames read, %d tagged (%.0f s, %.1f frames/s)",
                        CLEAR_LINE,
                        in,
                        tagged,
                        seconds,
                        in / Math.max(0.001, seconds)));
        err.flush();
    }

    /** Says a line of its own. */
    synchronized void say(String line) {
        clear();
        err.println(line);
        err.flush();
    }

    synchronized void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
