package io.frametag.models.picture;

import java.util.Arrays;

/**
 * A {@link ResampleAxis} along the rows of a plane that is read in words of four samples, laid out
 * for one tight loop. In it, samples lie sorted by their place in their word: the first samples of
 * all words, then the second ones, and so on. Immutable.
 *
 * @param firstWord first word of the plane's rows that is needed
 * @param words how many
 * @param index of the sample, for each tap and each output
 * @param for each tap and each output, 16 bits after the point; the taps are made a multiple of
 *     {@link #STEP} with weights of 0
 */
record RowTaps(int firstWord, int words, int[][] index, int[][] weights) {

    static final int WEIGHT_BITS = 16;

    /** Taps that the loop takes at once. */
    static final int STEP = 3;

    private static final int DROPPED_BITS = ResampleAxis.PRECISION_BITS - WEIGHT_BITS;

    static RowTaps of(ResampleAxis axis) {
        int firstWord = axis.low() >> 2;
        int words = ((axis.high() - 1) >> 2) - firstWord + 1;
        int most = Arrays.stream(axis.taps()).max().orElseThrow();
        int taps = (most + STEP - 1) / STEP * STEP;
        int outputs = axis.first().length;
        int[][] index = new int[taps][outputs];
        int[][] weights = new int[taps][outputs];
        for (int x = 0; x < outputs; x++) {
            for (int k = 0; k < taps; k++) {
                boolean used = k < axis.taps()[x];
                int sample = axis.first()[x] + (used ? k : 0) - 4 * firstWord;
                index[k][x] = (sample & 3) * words + (sample >> 2);
                weights[k][x] = used ? rounded(axis.weights()[x * axis.stride() + k]) : 0;
            }
        }
        return new RowTaps(firstWord, words, index, weights);
    }

    private static int rounded(int weight) {
        return (weight + (1 << (DROPPED_BITS - 1))) >> DROPPED_BITS;
    }
}
