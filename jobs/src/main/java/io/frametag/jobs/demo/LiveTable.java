package io.frametag.jobs.demo;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The live table as lines of text: per camera its top tags with bars, and the figures that the
 * width of the terminal has room for, the most telling ones first.
 */
final class LiveTable {

    private static final int TAGS_SHOWN = 3;
    private static final int CAMERA_WIDTH = 12;
    private static final int LABEL_WIDTH = 20;
    private static final int PERCENT_WIDTH = 5;
    private static final int MIN_BAR_WIDTH = 8;
    private static final int MAX_BAR_WIDTH = 30;

    /** A column of figures. */
    private enum Figure {
        RATE("FRAMES/S", 8),
        LATENCY("LATENCY P50/P95", 16),
        TAGGED("TAGGED", 7),
        IN("IN", 7),
        SAMPLED_OUT("SAMPLED OUT", 11),
        DROPPED("DROPPED", 7),
        FAILED("FAILED", 6);

        private final String title;
        private final int width;

        Figure(String title, int width) {
            this.title = title;
            this.width = width;
        }

        private String of(CameraView view) {
            StreamStatus status = view.status();
            return switch (this) {
                case RATE -> String.format(Locale.ROOT, "%.1f", view.framesPerSecond());
                case LATENCY -> latency(view);
                case TAGGED -> status == null ? "-" : Long.toString(status.tagged());
                case IN -> status == null ? "-" : Long.toString(status.in());
                case SAMPLED_OUT -> status == null ? "-" : Long.toString(status.sampledOut());
                case DROPPED -> status == null ? "-" : Long.toString(status.droppedTotal());
                case FAILED -> status == null ? "-" : Long.toString(status.failedTotal());
            };
        }

        private Ink ink(CameraView view) {
            StreamStatus status = view.status();
            boolean loss =
                    status != null
                            && (this == DROPPED && status.droppedTotal() > 0
                                    || this == FAILED && status.failedTotal() > 0);
            return loss ? Ink.RED : Ink.PLAIN;
        }
    }

    private final int width;
    private final boolean coloured;
    private final List<Figure> figures;
    private final int barWidth;

    /**
     * @param width of the terminal, in columns
     * @param coloured whether it shows colours
     */
    LiveTable(int width, boolean coloured) {
        this.width = Math.max(1, width);
        this.coloured = coloured;
        int left =
                width - CAMERA_WIDTH - 1 - LABEL_WIDTH - 1 - PERCENT_WIDTH - 1 - MIN_BAR_WIDTH - 1;
        this.figures = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            left -= figure.width + 1;
            if (left < 0) {
                left += figure.width + 1;
                break;
            }
            figures.add(figure);
        }
        this.barWidth = Math.max(0, Math.min(MAX_BAR_WIDTH, MIN_BAR_WIDTH + left));
    }

    /** The whole table, a heading and at least one line per camera. */
    List<String> lines(List<CameraView> views) {
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        for (CameraView view : views) {
            addCamera(view, lines);
        }
        return lines;
    }

    private String heading() {
        Row row = new Row(width, coloured).left("CAMERA", CAMERA_WIDTH, Ink.FAINT);
        row.left("TAGS", LABEL_WIDTH + 1 + barWidth + 1 + PERCENT_WIDTH, Ink.FAINT);
        figures.forEach(figure -> row.right(figure.title, figure.width, Ink.FAINT));
        return row.line();
    }

    private void addCamera(CameraView view, List<String> lines) {
        List<Tag> tags = view.tags();
        for (int i = 0; i < TAGS_SHOWN; i++) {
            Row row = new Row(width, coloured);
            row.left(i == 0 ? view.stream() : "", CAMERA_WIDTH, Ink.BOLD);
            addTag(row, i < tags.size() ? tags.get(i) : null, i == 0 ? without(view) : "", i == 0);
            if (i == 0) {
                figures.forEach(
                        figure -> row.right(figure.of(view), figure.width, figure.ink(view)));
            }
            lines.add(row.line());
        }
    }

    private void addTag(Row row, @Nullable Tag tag, String instead, boolean first) {
        if (tag == null) {
            row.left(instead, LABEL_WIDTH + 1 + barWidth + 1 + PERCENT_WIDTH, Ink.FAINT);
            return;
        }
        Ink ink = first ? Ink.GREEN : Ink.CYAN;
        row.left(tag.label(), LABEL_WIDTH, first ? Ink.BOLD : Ink.PLAIN);
        row.left(bar(tag.probability(), barWidth), barWidth, ink);
        row.right(percent(tag.probability()), PERCENT_WIDTH, Ink.PLAIN);
    }

    /** What stands where no tag is. */
    private static String without(CameraView view) {
        StreamStatus status = view.status();
        if (status != null && status.error() != null) {
            return status.state().id() + ": " + status.error();
        }
        if (status == null || status.state() == StreamState.CONNECTING) {
            return "starting";
        }
        return status.tagged() == 0
                ? "waiting for the first frame"
                : "nothing of what is looked for";
    }

    /** A bar of eighths of a column. */
    static String bar(double probability, int columns) {
        int eighths = (int) Math.round(Math.max(0, Math.min(1, probability)) * columns * 8);
        String part = eighths % 8 == 0 ? "" : String.valueOf((char) ('█' + 8 - eighths % 8));
        return "█".repeat(eighths / 8) + part;
    }

    static String percent(double probability) {
        return Math.round(probability * 100) + " %";
    }

    private static String latency(CameraView view) {
        return view.latencyP50() < 0 ? "-" : view.latencyP50() + " / " + view.latencyP95() + " ms";
    }
}
