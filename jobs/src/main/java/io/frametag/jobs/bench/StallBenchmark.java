package io.frametag.jobs.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.bench.Spread;
import io.frametag.operators.encode.BatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    public void run() throws Exception {
        int[] buckets = options.buckets();
        EncoderOptions lanes = EncoderOptions.inLanes(Runtime.getRuntime().availableProcessors());
        report.head(
                "%s; the first %d batches in %d lanes, sizes %s by turns"
                        .formatted(model.id(), batches, lanes.lanes(), Arrays.toString(buckets)));
        report.progress("without warm-up");
        double[] cold = measure(buckets, lanes, false, 3 * buckets.length);
        report.progress("after warm-up");
        double[] warm = measure(buckets, lanes, true, batches);
        double[] medians = medians(warm, buckets.length);
        report.line("%-28s %24s", "", "slowest batch / median of its size");
        report.line("%-28s %24.2f", "without warm-up (baseline)", slowest(cold, medians));
        report.line("%-28s %24.2f", "after warm-up", slowest(warm, medians));
    }

    /** Seconds of the batches of all lanes, where batch {@code i} is of size {@code i % sizes}. */
    private double[] measure(int[] buckets, EncoderOptions lanes, boolean warmUp, int count)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.lanes());
        try (ImageEncoder encoder = ImageEncoder.open(model, lanes)) {
            if (warmUp) {
                encoder.warmUp(buckets);
            }
            int turns = Math.max(1, count / lanes.lanes() / buckets.length);
            Callable<double[]> lane = () -> lane(encoder, buckets, turns * buckets.length);
            List<double[]> seconds = new ArrayList<>();
            for (Future<double[]> done :
                    threads.invokeAll(Collections.nCopies(lanes.lanes(), lane))) {
                seconds.add(done.get());
            }
            return seconds.stream().flatMapToDouble(Arrays::stream).toArray();
        } finally {
            threads.shutdown();
        }
    }

    private static double[] lane(ImageEncoder encoder, int[] buckets, int count)
            throws ModelException {
        ImageBatch batch = encoder.newBatch(buckets[buckets.length - 1]);
        double[] seconds = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            encoder.encode(batch, buckets[i % buckets.length]);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
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
