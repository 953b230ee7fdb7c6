package io.frametag.jobs.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.operators.encode.BatchOptions;
import java.time.Duration;
import java.util.Arrays;

/**
 * Whether the first batches are slow: the first runs after each size was run once, as the encoder's
 * start does, against the first runs without that.
 */
public final class StallBenchmark {

    private final ModelFolder model;
    private final BatchOptions options;
    private final int batches;
    private final Report report;

    /**
     * @param maxBatch largest batch; all its smaller sizes are run as well
     * @param batches how many are measured
     */
    public StallBenchmark(ModelFolder model, int maxBatch, int batches, Report report) {
        this.model = model;
        this.options = BatchOptions.of(maxBatch, Duration.ZERO);
        this.batches = batches;
        this.report = report;
    }

    public void run() throws ModelException {
        int[] buckets = options.buckets();
        report.head(
                "%s; the first %d batches, sizes %s by turns"
                        .formatted(model.id(), batches, Arrays.toString(buckets)));
        report.progress("without warm-up");
        double[] cold = measure(buckets, false, 3 * buckets.length);
        report.progress("after warm-up");
        double[] warm = measure(buckets, true, batches);
        double[] medians = medians(warm, buckets.length);
        report.line("%-28s %24s", "", "slowest batch / median of its size");
        report.line("%-28s %24.2f", "without warm-up (baseline)", slowest(cold, medians));
        report.line("%-28s %24.2f", "after warm-up", slowest(warm, medians));
    }

    private double[] measure(int[] buckets, boolean warmUp, int count) throws ModelException {
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            if (warmUp) {
                encoder.warmUp(buckets);
            }
            ImageBatch batch = encoder.newBatch(buckets[buckets.length - 1]);
            double[] seconds = new double[count];
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                encoder.encode(batch, buckets[i % buckets.length]);
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            return seconds;
        }
    }

    /** Of each size, where run {@code i} is of size {@code i % sizes}. */
    static double[] medians(double[] seconds, int sizes) {
        double[] medians = new double[sizes];
        for (int size = 0; size < sizes; size++) {
            double[] own = new double[(seconds.length - size + sizes - 1) / sizes];
            for (int i = 0; i < own.length; i++) {
                own[i] = seconds[size + i * sizes];
            }
            medians[size] = Spread.of(own).median();
        }
        return medians;
    }

    /** The largest ratio of a run to the median of its size. */
    static double slowest(double[] seconds, double[] medians) {
        double slowest = 0;
        for (int i = 0; i < seconds.length; i++) {
            slowest = Math.max(slowest, seconds[i] / medians[i % medians.length]);
        }
        return slowest;
    }
}
