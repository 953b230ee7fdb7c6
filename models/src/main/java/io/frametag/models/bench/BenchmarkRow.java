package io.frametag.models.bench;

import java.util.Arrays;

/**
 * How fast an image encoder is at one batch size.
 *
 * @param batchSize pictures per run
 * @param framesPerSecond the median of the rounds
 * @param slowest frames per second of the slowest round
 * @param fastest frames per second of the fastest round
 */
public record BenchmarkRow(int batchSize, double framesPerSecond, double slowest, double fastest) {

    /** From the seconds per run of each round. */
    static BenchmarkRow of(int batchSize, double[] secondsPerRun) {
        double[] sorted = secondsPerRun.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new BenchmarkRow(
                batchSize,
                batchSize / median,
                batchSize / sorted[sorted.length - 1],
                batchSize / sorted[0]);
    }

    /** Median time of one run of the whole batch. */
    public double millisPerBatch() {
        return 1000 * batchSize / framesPerSecond;
    }
}
