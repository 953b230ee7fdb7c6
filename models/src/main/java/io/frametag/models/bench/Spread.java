package io.frametag.models.bench;

import java.util.Arrays;

/**
 * The measurements of several rounds in short.
 *
 * @param median middle one, or mean of the two in the middle
 * @param least smallest
 * @param most largest
 */
public record Spread(double median, double least, double most) {

    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values (none) must be at least one");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
