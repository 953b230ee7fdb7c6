package io.frametag.models.picture;

import java.util.Arrays;

/**
 * Makes RGB of brightness and colour differences, in 13 bits after the point. ITU-R BT.601, BT.709
 * and BT.2020; JPEG has BT.601 in full range.
 *
 * @param luma factor of brightness
 * @param black brightness of black
 * @param vToRed factor of the red difference
 * @param uToGreen factor of the blue difference, negative
 * @param vToGreen factor of the red difference, negative
 * @param uToBlue factor of the blue difference
 * @param cutsDown whether products come out half a level too low on average: swscale cuts them down
 *     to whole levels, so that the frames of most video readers are a little dark
 */
record YuvMatrix(
        int luma,
        int black,
        int vToRed,
        int uToGreen,
        int vToGreen,
        int uToBlue,
        boolean cutsDown) {

    static final int BITS = 13;

    static final YuvMatrix JPEG = of(0.299, 0.114, true, false);

    /**
     * @param red weight of red in brightness
     * @param blue weight of blue in brightness
     * @param fullRange whether all 256 levels are used, else 16 to 235 and 16 to 240
     * @param cutsDown as swscale does
     */
    static YuvMatrix of(double red, double blue, boolean fullRange, boolean cutsDown) {
        double luma = fullRange ? 1 : 255.0 / 219;
        double chroma = fullRange ? 1 : 255.0 / 224;
        double green = 1 - red - blue;
        return new YuvMatrix(
                fixed(luma),
                fullRange ? 0 : 16,
                fixed(2 * (1 - red) * chroma),
                fixed(-2 * (1 - blue) * blue / green * chroma),
                fixed(-2 * (1 - red) * red / green * chroma),
                fixed(2 * (1 - blue) * chroma),
                cutsDown);
    }

    private static int fixed(double value) {
        return (int) Math.rint(value * (1 << BITS));
    }

    /**
     * Makes the red levels of a row, from 0 to 255.
     *
     * @param bits after the point of {@code y}, {@code u} and {@code v}, here and below
     */
    void red(int[] out, int[] y, int[] u, int[] v, int bits) {
        begin(out, bits, 0, vToRed);
        cut(out, v, bits);
        finish(out, y, luma, v, vToRed, v, 0, BITS + bits);
    }

    void green(int[] out, int[] y, int[] u, int[] v, int bits) {
        begin(out, bits, uToGreen, vToGreen);
        cut(out, u, bits);
        cut(out, v, bits);
        finish(out, y, luma, u, uToGreen, v, vToGreen, BITS + bits);
    }

    void blue(int[] out, int[] y, int[] u, int[] v, int bits) {
        begin(out, bits, uToBlue, 0);
        cut(out, u, bits);
        finish(out, y, luma, u, uToBlue, u, 0, BITS + bits);
    }

    /** Grey, from brightness alone. */
    void grey(int[] out, int[] y, int bits) {
        begin(out, bits, 0, 0);
        finish(out, y, luma, y, 0, y, 0, BITS + bits);
    }

    /** Puts in what is the same for all pixels: where the levels begin, and half of one. */
    private void begin(int[] out, int bits, int fromU, int fromV) {
        boolean exact = !cutsDown || luma == 1 << BITS;
        int half = exact ? 1 << (BITS + bits - 1) : 0;
        Arrays.fill(out, half - ((luma * black + 128 * (fromU + fromV)) << bits));
    }

    /** Takes off half a level where there is colour, less where there is next to none. */
    private void cut(int[] out, int[] colour, int bits) {
        if (cutsDown) {
            cut(out, colour, 128 << bits, 1 << bits, BITS - 1);
        }
    }

    // Absolute value, least and most by signs, since the JIT makes no SIMD of their methods.

    private static void cut(int[] out, int[] colour, int middle, int level, int shift) {
        for (int x = 0; x < out.length; x++) {
            int away = colour[x] - middle;
            int sign = away >> 31;
            int missing = level - ((away ^ sign) - sign);
            out[x] -= (level - (missing & ~(missing >> 31))) << shift;
        }
    }

    private static void finish(
            int[] out, int[] y, int luma, int[] u, int fromU, int[] v, int fromV, int shift) {
        for (int x = 0; x < out.length; x++) {
            int level = (out[x] + y[x] * luma + u[x] * fromU + v[x] * fromV) >> shift;
            int below = 255 - level;
            level = 255 - (below & ~(below >> 31));
            out[x] = level & ~(level >> 31);
        }
    }
}
