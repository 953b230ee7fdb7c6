package io.frametag.models.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * How fast a contender is against the baseline that was measured in the same rounds.
 *
 * @param contender what was measured
 * @param framesPerSecond median of the rounds
 * @param slowest frames per second of the slowest round
 * @param fastest frames per second of the fastest round
 * @param ratio median over the rounds of the contender's frames per second by the baseline's
 */
public record ComparisonRow(
        String contender, double framesPerSecond, double slowest, double fastest, double ratio) {

    static ComparisonRow of(String contender, double[] framesPerSecond, double[] baseline) {
        double[] ratios = new double[framesPerSecond.length];
        Arrays.setAll(ratios, round -> framesPerSecond[round] / baseline[round]);
        double[] sorted = framesPerSecond.clone();
        Arrays.sort(sorted);
        return new ComparisonRow(
                contender,
                median(framesPerSecond),
                sorted[0],
                sorted[sorted.length - 1],
                median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-44s %8.2f frames/s (%.2f to %.2f), %.2f x",
                contender,
                framesPerSecond,
                slowest,
                fastest,
                ratio);
    }
}
