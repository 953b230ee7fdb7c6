package io.frametag.models.picture;

import java.util.Arrays;

/**
 * The weights that make a window of output samples from input samples along one axis, in the fixed
 * point of Pillow's 8-bit resampler (Resample.c: precompute_coeffs, normalize_coeffs_8bpc), so that
 * results are equal to the bit. Immutable.
 *
 * @param first per output sample, the first input sample it is made from
 * @param taps per output sample, how many
 * @param weights {@code stride} per output sample, 22 bits after the point
 * @param stride most taps of any output sample
 */
record ResampleAxis(int[] first, int[] taps, int[] weights, int stride) {

    static final int PRECISION_BITS = 22;

    /**
     * Makes the weights of one axis.
     *
     * @param in input samples
     * @param out output samples of the whole axis, of which only a window is computed
     * @param from first output sample of the window
     * @param count output samples of the window
     */
    static ResampleAxis of(Resampling filter, int in, long out, long from, int count) {
        double scale = (double) in / out;
        double filterScale = Math.max(scale, 1.0);
        double support = support(filter) * filterScale;
        int stride = (int) Math.min((long) Math.ceil(support) * 2 + 1, in);
        int[] first = new int[count];
        int[] taps = new int[count];
        int[] weights = new int[Math.multiplyExact(count, stride)];
        double[] exact = new double[stride];
        for (int i = 0; i < count; i++) {
            double center = (from + i + 0.5) * scale;
            int low = (int) Math.max(0, (long) (center - support + 0.5));
            int high = (int) Math.min(in, (long) (center + support + 0.5));
            first[i] = low;
            taps[i] = high - low;
            double sum = 0;
            for (int x = 0; x < high - low; x++) {
                exact[x] = weight(filter, (x + low - center + 0.5) * (1.0 / filterScale));
                sum += exact[x];
            }
            for (int x = 0; x < high - low; x++) {
                double normal = sum == 0 ? exact[x] : exact[x] / sum;
                double scaled = normal * (1 << PRECISION_BITS);
                weights[i * stride + x] = (int) (normal < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return new ResampleAxis(first, taps, weights, stride);
    }

    private static double support(Resampling filter) {
        return switch (filter) {
            case BILINEAR -> 1.0;
            case BICUBIC -> 2.0;
        };
    }

    private static double weight(Resampling filter, double at) {
        double x = Math.abs(at);
        return switch (filter) {
            case BILINEAR -> x < 1 ? 1 - x : 0;
            case BICUBIC -> bicubic(x);
        };
    }

    private static double bicubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    /**
     * The axis for samples that are enlarged before: its weights are those of this axis and of the
     * enlargement in one.
     *
     * @param times how often this axis's samples were halved to give the coarser ones
     * @param blended whether a coarser sample is enlarged with the triangle filter, three parts of
     *     the near sample to one of the next nearest, which takes {@code times} of 1; else repeated
     * @param count of the coarser samples
     */
    ResampleAxis onHalves(int times, boolean blended, int count) {
        if (times == 0) {
            return this;
        }
        int outputs = first.length;
        int most = (stride >> times) + 3;
        int[] coarseFirst = new int[outputs];
        int[] coarseTaps = new int[outputs];
        int[] coarseWeights = new int[Math.multiplyExact(outputs, most)];
        long[] quarters = new long[most];
        for (int i = 0; i < outputs; i++) {
            int low = Math.max(0, blended ? (first[i] - 1) >> 1 : first[i] >> times);
            int last = first[i] + taps[i] - 1;
            int high = Math.min(count - 1, blended ? (last + 1) >> 1 : last >> times);
            Arrays.fill(quarters, 0);
            for (int k = 0; k < taps[i]; k++) {
                int sample = first[i] + k;
                int near = sample >> times;
                int next = blended ? near + ((sample & 1) == 1 ? 1 : -1) : near;
                long weight = weights[i * stride + k];
                quarters[near - low] += 3 * weight;
                quarters[Math.max(0, Math.min(next, count - 1)) - low] += weight;
            }
            coarseFirst[i] = low;
            coarseTaps[i] = high - low + 1;
            for (int k = 0; k < coarseTaps[i]; k++) {
                coarseWeights[i * most + k] = (int) ((quarters[k] + 2) >> 2);
            }
        }
        return new ResampleAxis(coarseFirst, coarseTaps, coarseWeights, most);
    }

    /** First input sample that the window needs. */
    int low() {
        return first[0];
    }

    /** One past the last input sample that the window needs. */
    int high() {
        return first[first.length - 1] + taps[taps.length - 1];
    }
}
