package io.frametag.jobs.bench;

import io.frametag.models.bench.ComparisonRow;
import io.frametag.models.bench.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Where a benchmark tells what it found, and how far it is. Used by one thread. */
public final class Report {

    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param out for results
     * @param err for progress, a line for each step
     */
    public Report(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    void progress(String step) {
        err.println("  " + step);
        err.flush();
    }

    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** A row each: median of the rounds, spread, and the ratio to the first row with its spread. */
    void table(List<ComparisonRow> results) {
        line("%-36s %10s %21s  %s", "", "frames/s", "slowest - fastest", "x baseline (spread)");
        for (ComparisonRow result : results) {
            Spread rate = result.framesPerSecond();
            Spread ratio = result.ratio();
            line(
                    "%-36s %10.2f %9.2f - %9.2f  %.3f (%.3f - %.3f)",
                    result.name(),
                    rate.median(),
                    rate.least(),
                    rate.most(),
                    ratio.median(),
                    ratio.least(),
                    ratio.most());
        }
    }

    /** Which machine and model the figures are of. */
    void head(String what) {
        line(
                "%s; %d cores, %s %s, Java %s",
                what,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }
}
