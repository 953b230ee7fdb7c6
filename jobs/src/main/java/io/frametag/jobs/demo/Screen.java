package io.frametag.jobs.demo;

import java.io.PrintWriter;
import java.util.List;

/**
 * A block of lines at the bottom of a terminal, redrawn in place. What was printed before it stays;
 * the cursor is hidden while the block is live. Used from one thread.
 */
public final class Screen implements AutoCloseable {

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_LINE_END = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private int drawn;

    public Screen(PrintWriter out) {
        this.out = out;
    }

    /**
     * Draws the block anew.
     *
     * @param rows of the terminal; lines that don't fit are left out at the end, since what has
     *     scrolled away can't be redrawn
     */
    public void draw(List<String> lines, int rows) {
        StringBuilder text = new StringBuilder(drawn == 0 ? HIDE_CURSOR : "\r");
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        List<String> shown = lines.subList(0, Math.min(lines.size(), Math.max(1, rows - 1)));
        shown.forEach(line -> text.append(line).append(CLEAR_TO_LINE_END).append('\n'));
        text.append(CLEAR_BELOW);
        drawn = shown.size();
        out.print(text);
        out.flush();
    }

    /** Leaves the block as it was drawn last and gives the cursor back. */
    @Override
    public void close() {
        if (drawn > 0) {
            out.print(SHOW_CURSOR);
            out.flush();
        }
    }
}
