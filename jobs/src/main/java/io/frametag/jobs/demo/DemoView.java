package io.frametag.jobs.demo;

import io.frametag.jobs.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the demo shows while it runs: on a terminal a table that is redrawn, elsewhere a line for
 * each camera now and then. Used from one thread.
 */
final class DemoView implements AutoCloseable {

    private static final long SIZE_ASKED_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LINES_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private final Board board;
    private final String title;
    private final String hint;
    private final boolean interactive;
    private final boolean coloured;
    private final Screen screen;
    private final long startNanos = System.nanoTime();
    private Terminal terminal;
    private long sizeAskedNanos = startNanos;
    private long linesNanos = startNanos;
    private String shownNote = "";

    /**
     * @param title says what runs
     * @param hint says how to change the prompts
     */
    DemoView(PrintWriter out, Board board, String title, String hint) {
        this.out = out;
        this.board = board;
        this.title = title;
        this.hint = hint;
        this.interactive = Terminal.isInteractive();
        this.coloured = Terminal.isColoured();
        this.screen = new Screen(out);
        this.terminal = interactive ? Terminal.current() : new Terminal(100, 40);
        if (!interactive) {
            out.println(title);
            out.println(hint);
            out.flush();
        }
    }

    /** Shows how things are now. */
    void show() {
        if (interactive) {
            redraw();
        } else {
            printNote();
            long now = System.nanoTime();
            if (now - linesNanos >= LINES_EVERY_NANOS) {
                linesNanos = now;
                board.views().forEach(view -> out.println(stamp() + StatusLine.of(view)));
                out.flush();
            }
        }
    }

    private void printNote() {
        String note = board.note();
        if (note != null && !note.equals(shownNote)) {
            shownNote = note;
            out.println(stamp() + note);
            out.flush();
        }
    }

    private String stamp() {
        return String.format(Locale.ROOT, "%4d s  ", elapsed().toSeconds());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private void redraw() {
        long now = System.nanoTime();
        if (now - sizeAskedNanos >= SIZE_ASKED_EVERY_NANOS) {
            terminal = Terminal.current();
            sizeAskedNanos = now;
        }
        screen.draw(lines(terminal.columns()), terminal.rows());
    }

    private List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        lines.add(
                new Row(width, coloured)
                        .add("Frametag demo", Ink.BOLD)
                        .add("  " + title + ", " + Durations.format(elapsed()), Ink.PLAIN)
                        .line());
        lines.add(new Row(width, coloured).add(hint, Ink.FAINT).line());
        lines.add("");
        lines.addAll(new LiveTable(width, coloured).lines(board.views()));
        lines.add("");
        String note = board.note();
        lines.add(new Row(width, coloured).add(note == null ? "" : note, Ink.YELLOW).line());
        return lines;
    }

    /** Leaves what was drawn last on the terminal and gives the cursor back. */
    @Override
    public void close() {
        if (interactive) {
            redraw();
        }
        screen.close();
    }
}
