package io.frametag.jobs.cli.models;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a long piece of work is, on standard error: one line that is rewritten on a terminal,
 * else a line for each part. Used from one thread.
 */
final class ProgressLine implements AutoCloseable {

    private final PrintWriter err;
    private final boolean rewrites;
    private final long startNanos = System.nanoTime();
    private String part = "";
    private int percent = -1;
    private boolean open;

    ProgressLine(PrintWriter err) {
        this.err = err;
        this.rewrites = Boolean.getBoolean("frametag.terminal.errors");
    }

    /**
     * @param newPart what is being done
     * @param fraction of all the work that is done, from 0 to 1
     */
    void report(String newPart, double fraction) {
        int newPercent = (int) Math.floor(fraction * 100);
        boolean samePart = newPart.equals(part);
        if (samePart && (!rewrites || newPercent == percent)) {
            return;
        }
        part = newPart;
        percent = newPercent;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        String line = String.format(Locale.ROOT, "%3d %%  %s (%.0f s)", percent, part, seconds);
        if (rewrites) {
            err.print("\r\u001b[K" + line);
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** Clears the line that is being rewritten. A second call does nothing. */
    @Override
    public void close() {
        if (open) {
            err.print("\r\u001b[K");
            err.flush();
            open = false;
        }
    }
}
