package io.frametag.jobs.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.operators.data.Counts;
import io.frametag.operators.data.Delivery;

/**
 * What happens to streams that offer more than the chain can take: live ones, and, as the baseline,
 * complete ones under the same load. Latency is from when a frame is due to its tags; nothing else
 * than the chain runs beside, no Kafka.
 */
public final class OverloadBenchmark {

    private static final int PICTURES = 8;
    private static final int GAUGE_FRAMES = 96;
    private static final double GAUGE_SECONDS = 8;

    private final OverloadSettings settings;
    private final Report report;

    public OverloadBenchmark(OverloadSettings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    public void run() throws Exception {
        report.head(
                "%s; %d streams of %s, batch %d"
                        .formatted(
                                settings.model().id(),
                                settings.streams(),
                                settings.size(),
                                settings.batch()));
        report.progress("preparing frames");
        OverloadRun run =
                new OverloadRun(settings, SamplePictures.jpegs(settings.size(), PICTURES));
        double limit = limit(run);
        double rate = settings.factor() * limit;
        long frames = Math.round(rate * settings.time().toMillis() / 1000);
        report.line("limit: %.1f frames a second; offered: %.1f", limit, rate);
        report.progress("complete streams");
        OverloadOutcome complete = run.offer(frames, rate, Delivery.complete());
        report.progress("live streams");
        OverloadOutcome live = run.offer(frames, rate, Delivery.freshest(settings.maxStaleness()));
        tell(complete, live, limit);
    }

    /** What the chain takes where it is never without work. */
    private double limit(OverloadRun run) throws Exception {
        report.progress("the limit");
        double all = Double.POSITIVE_INFINITY;
        double rough = run.offer(GAUGE_FRAMES, all, Delivery.complete()).rate(0.5);
        long frames = Math.max(GAUGE_FRAMES, Math.round(GAUGE_SECONDS * rough));
        return run.offer(frames, all, Delivery.complete()).rate(0.25);
    }

    private void tell(OverloadOutcome complete, OverloadOutcome live, double limit) {
        report.line(
                "%-20s %8s %8s %8s %8s   %8s %8s %8s %8s",
                "", "offered", "tagged", "dropped", "failed", "p50 ms", "p95 ms", "p99 ms", "most");
        row("complete (baseline)", complete);
        row("live", live);
        report.line("live, dropped: %s", live.dropped());
        int lanes = EncoderOptions.inLanes(Runtime.getRuntime().availableProcessors()).lanes();
        report.line(
                "staleness limit and one run: %d ms + %d ms",
                settings.maxStaleness().toMillis(),
                Math.round(1000 * lanes * settings.batch() / limit));
        report.line(
                "every frame tagged, sampled out, dropped or failed, once: %s",
                complete.isComplete() && live.isComplete() ? "yes" : "no");
    }

    private void row(String name, OverloadOutcome outcome) {
        report.line(
                "%-20s %8d %8d %8d %8d   %8d %8d %8d %8d",
                name,
                outcome.offered(),
                outcome.tagged(),
                Counts.sum(outcome.dropped()),
                outcome.failed(),
                outcome.latency(0.5),
                outcome.latency(0.95),
                outcome.latency(0.99),
                outcome.latency(1));
    }
}
