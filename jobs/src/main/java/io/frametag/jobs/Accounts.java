package io.frametag.jobs;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of every frame of every stream, as a table of text. In each row the frames that
 * entered are the sum of the columns after them.
 */
public final class Accounts {

    private static final String[] TITLES = {
        "STREAM", "IN", "SAMPLED OUT", "TAGGED", "DROPPED", "FAILED", "IN FLIGHT"
    };

    private final List<StreamStatus> statuses;
    private final boolean states;

    /**
     * @param statuses the last one of each stream
     */
    public Accounts(List<StreamStatus> statuses) {
        this(statuses, false);
    }

    private Accounts(List<StreamStatus> statuses, boolean states) {
        this.statuses =
                statuses.stream().sorted(Comparator.comparing(StreamStatus::stream)).toList();
        this.states = states;
    }

    /** With the state of each stream in the table, where any has not come to its end. */
    public static Accounts withStates(List<StreamStatus> statuses) {
        return new Accounts(
                statuses,
                statuses.stream().anyMatch(status -> status.state() != StreamState.ENDED));
    }

    /** One line for each stream that is not well. */
    public List<String> errors() {
        return statuses.stream()
                .filter(status -> status.error() != null)
                .map(status -> status.stream() + ": " + status.error())
                .toList();
    }

    /** The table, and below it a line for each stream and way that it lost frames. */
    public List<String> lines() {
        List<String[]> rows = new ArrayList<>();
        rows.add(TITLES);
        long[] totals = new long[TITLES.length - 1];
        for (StreamStatus status : statuses) {
            long[] figures = figures(status);
            for (int i = 0; i < figures.length; i++) {
                totals[i] += figures[i];
            }
            rows.add(row(status.stream(), figures));
        }
        if (statuses.size() > 1) {
            rows.add(row("all", totals));
        }
        List<String> lines = new ArrayList<>(aligned(rows, totals[totals.length - 1] > 0));
        if (states) {
            lines.set(0, lines.get(0) + "  STATE");
            for (int i = 0; i < statuses.size(); i++) {
                lines.set(i + 1, lines.get(i + 1) + "  " + statuses.get(i).state().id());
            }
        }
        statuses.stream().flatMap(status -> remarks(status).stream()).forEach(lines::add);
        return lines;
    }

    private static long[] figures(StreamStatus status) {
        return new long[] {
            status.in(),
            status.sampledOut(),
            status.tagged(),
            status.droppedTotal(),
            status.failedTotal(),
            status.inFlight()
        };
    }

    private static String[] row(String name, long[] figures) {
        String[] row = new String[TITLES.length];
        row[0] = name;
        for (int i = 0; i < figures.length; i++) {
            row[i + 1] = Long.toString(figures[i]);
        }
        return row;
    }

    private static List<String> aligned(List<String[]> rows, boolean withInFlight) {
        int columns = withInFlight ? TITLES.length : TITLES.length - 1;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String format = i == 0 ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
                line.append(String.format(Locale.ROOT, format, row[i]));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> remarks(StreamStatus status) {
        List<String> remarks = new ArrayList<>();
        if (!status.dropped().isEmpty()) {
            remarks.add(status.stream() + ": dropped " + reasons(status.dropped()));
        }
        if (!status.failed().isEmpty()) {
            remarks.add(status.stream() + ": failed " + reasons(status.failed()));
        }
        return remarks;
    }

    private static String reasons(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " (" + entry.getKey() + ")")
                        .collect(Collectors.joining(", "));
    }
}
