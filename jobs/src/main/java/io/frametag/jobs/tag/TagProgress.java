package io.frametag.jobs.tag;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a run is, as one line of standard error that is rewritten; nothing where that is no
 * terminal, or where the tags themselves go to the terminal. Thread-safe.
 */
final class TagProgress {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private static final Set<StreamState> WELL = Set.of(StreamState.UP, StreamState.ENDED);

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
                        "%s  %d frames read, %d tagged (%.0f s, %.1f frames/s)%s",
                        CLEAR_LINE,
                        in,
                        tagged,
                        seconds,
                        in / Math.max(0.001, seconds),
                        notUp(statuses)));
        err.flush();
    }

    /** How many streams are in which state, but for those that are well. */
    private static String notUp(Collection<StreamStatus> statuses) {
        Map<String, Long> counts =
                statuses.stream()
                        .filter(status -> !WELL.contains(status.state()))
                        .collect(
                                Collectors.groupingBy(
                                        status -> status.state().id(),
                                        TreeMap::new,
                                        Collectors.counting()));
        StringBuilder text = new StringBuilder();
        counts.forEach((state, count) -> text.append(", ").append(count).append(" ").append(state));
        return text.toString();
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
