package io.frametag.operators.match;

import java.util.List;

/**
 * Vectors at a third of their size, and how far the scores that they give may be off. A large
 * matrix is read from memory once a frame, and that is what matching takes its time for.
 *
 * <p>A vector is the mean of all of them plus {@code step · w · k}. {@code k} are whole numbers of
 * 11, 11 and 10 bits by turns, packed into an {@code int}, and the weights {@code w}, 1, 1 and 2,
 * make up for the missing bit. The frame's vector {@code q} becomes whole numbers {@code Q} of
 * {@code scale · w · q}, at as fine a scale as the sums allow: a sum of {@code k · Q} is never more
 * than {@code |k| |Q|} (Cauchy-Schwarz), which is kept below 2^31. By the same inequality a score
 * {@code v · q} is off by at most
 *
 * <pre>
 * |v - mean - step · w · k| |q|  +  |step · w · k| |q - Q / (scale · w)|  +  rounding of float sums
 * </pre>
 *
 * <p>of which the first part is most: about 0.002 for 768 coordinates. It is a bound for any frame;
 * usually scores are off by a thirtieth of that.
 *
 * <p>The layout is that of {@link PromptMatrix}. Immutable.
 */
final class CoarseMatrix {

    private static final int BLOCK = 1_024;
    private static final int PACKED = 3;

    /** Of each coordinate in a word: its lowest bit, the largest whole number, and the weight. */
    private static final int[] SHIFT = {0, 10, 21};

    private static final int[] LARGEST = {511, 1_023, 1_023};
    private static final int[] WEIGHT = {2, 1, 1};

    private final int rows;
    private final int size;
    private final double[] mean;

    /** All words of the first block, each an array over its vectors, then those of the next. */
    private final int[][] words;

    private final float[] steps;

    /** Lengths of the longest vector, {@code k}, {@code step · w · k} and rest of a vector. */
    private double longest;

    private double longestUnits;
    private double longestPart;
    private double longestRest;

    /** At least one vector; all have the same length. */
    CoarseMatrix(List<float[]> vectors) {
        rows = vectors.size();
        size = vectors.get(0).length;
        mean = mean(vectors);
        steps = new float[rows];
        int perBlock = (size + PACKED - 1) / PACKED;
        words = new int[Math.multiplyExact((rows + BLOCK - 1) / BLOCK, perBlock)][];
        for (int row = 0; row < rows; row++) {
            int block = row / BLOCK;
            if (row % BLOCK == 0) {
                int height = Math.min(BLOCK, rows - row);
                for (int i = 0; i < perBlock; i++) {
                    words[block * perBlock + i] = new int[height];
                }
            }
            pack(vectors.get(row), row, block * perBlock);
        }
    }

    private static double[] mean(List<float[]> vectors) {
        double[] mean = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.size();
            }
        }
        return mean;
    }

    private void pack(float[] vector, int row, int at) {
        float step = step(vector);
        steps[row] = step;
        double squares = 0;
        double unitSquares = 0;
        double partSquares = 0;
        double restSquares = 0;
        for (int i = 0; i < size; i++) {
            int turn = i % PACKED;
            double value = vector[i] - mean[i];
            double width = (double) step * WEIGHT[turn];
            // It can't be more than the largest: the step was chosen by the largest value.
            int unit = (int) Math.rint(value / width);
            squares += (double) vector[i] * vector[i];
            unitSquares += (double) unit * unit;
            partSquares += unit * width * unit * width;
            restSquares += (value - unit * width) * (value - unit * width);
            words[at + i / PACKED][row % BLOCK] |= (unit & 2 * LARGEST[turn] + 1) << SHIFT[turn];
        }
        longest = Math.max(longest, Math.sqrt(squares));
        longestUnits = Math.max(longestUnits, Math.sqrt(unitSquares));
        longestPart = Math.max(longestPart, Math.sqrt(partSquares));
        longestRest = Math.max(longestRest, Math.sqrt(restSquares));
    }

    private float step(float[] vector) {
        double most = 0;
        for (int i = 0; i < size; i++) {
            int turn = i % PACKED;
            double value = Math.abs(vector[i] - mean[i]);
            most = Math.max(most, value / (LARGEST[turn] * WEIGHT[turn]));
        }
        // A little more than it, so that rounding to a float leaves no value out of range.
        return (float) Math.max(most * (1 + 1e-6), Float.MIN_NORMAL);
    }

    int rows() {
        return rows;
    }

    /**
     * Scores of one frame, roughly.
     *
     * @param values one for each vector
     * @param error by which a float sum of products, in any order, differs at most
     */
    record Near(float[] values, double error) {}

    /** The dot product of each vector with that one, roughly. */
    Near scores(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        double most = Integer.MAX_VALUE / Math.max(1, longestUnits);
        double scale = (most - Math.sqrt(size)) / (2 * Math.max(length, Float.MIN_NORMAL));
        int[] query = new int[(size + PACKED - 1) / PACKED * PACKED];
        double restSquares = 0;
        double common = 0;
        for (int i = 0; i < size; i++) {
            double width = scale * WEIGHT[i % PACKED];
            query[i] = (int) Math.round(vector[i] * width);
            double rest = vector[i] - query[i] / width;
            restSquares += rest * rest;
            common += mean[i] * vector[i];
        }
        double rounding = (size + 8) * 0x1p-23 * longest * length;
        return new Near(
                scores(query, common, 1 / scale),
                longestRest * length + longestPart * Math.sqrt(restSquares) + rounding);
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private float[] scores(int[] query, double common, double unit) {
        float[] scores = new float[rows];
        for (int low = 0, at = 0; low < rows; low += BLOCK) {
            int[] sums = new int[Math.min(BLOCK, rows - low)];
            for (int i = 0; i < query.length; i += PACKED) {
                addWord(words[at++], sums, query[i], query[i + 1], query[i + 2]);
            }
            for (int row = 0; row < sums.length; row++) {
                scores[low + row] = (float) (common + unit * steps[low + row] * sums[row]);
            }
        }
        return scores;
    }

    /**
     * The compiler makes SIMD code of this, and on Java 17 of little else: no bytes, no offsets,
     * and no {@code +=}, which would add up the three products first.
     */
    private static void addWord(int[] packed, int[] sums, int a, int b, int c) {
        for (int row = 0; row < sums.length; row++) {
            int word = packed[row];
            sums[row] =
                    sums[row] + a * (word << 22 >> 22) + b * (word << 11 >> 21) + c * (word >> 21);
        }
    }
}
