package io.frametag.models.picture;

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
 */
record YuvMatrix(int luma, int black, int vToRed, int uToGreen, int vToGreen, int uToBlue) {

    static final int BITS = 13;

    static final YuvMatrix JPEG = of(0.299, 0.114, true);

    /**
     * @param red weight of red in brightness
     * @param blue weight of blue in brightness
     * @param fullRange whether all 256 levels are used, else 16 to 235 and 16 to 240
     */
    static YuvMatrix of(double red, double blue, boolean fullRange) {
        double luma = fullRange ? 1 : 255.0 / 219;
        double chroma = fullRange ? 1 : 255.0 / 224;
        double green = 1 - red - blue;
        return new YuvMatrix(
                fixed(luma),
                fullRange ? 0 : 16,
                fixed(2 * (1 - red) * chroma),
                fixed(-2 * (1 - blue) * blue / green * chroma),
                fixed(-2 * (1 - red) * red / green * chroma),
                fixed(2 * (1 - blue) * chroma));
    }

    private static int fixed(double value) {
        return (int) Math.rint(value * (1 << BITS));
    }

    /**
     * Makes one channel of a row.
     *
     * @param out levels from 0 to 255
     * @param bits after the point of {@code y}, {@code u} and {@code v}
     */
    private void channel(int[] out, int[] y, int[] u, int[] v, int fromU, int fromV, int bits) {
        int shift = BITS + bits;
        int constant = -((luma * black + 128 * (fromU + fromV)) << bits) + (1 << (shift - 1));
        mix(out, y, luma, u, fromU, v, fromV, constant, shift);
    }

    void red(int[] out, int[] y, int[] u, int[] v, int bits) {
        channel(out, y, u, v, 0, vToRed, bits);
    }

    void green(int[] out, int[] y, int[] u, int[] v, int bits) {
        channel(out, y, u, v, uToGreen, vToGreen, bits);
    }

    void blue(int[] out, int[] y, int[] u, int[] v, int bits) {
        channel(out, y, u, v, uToBlue, 0, bits);
    }

    /** Grey, from brightness alone. */
    void grey(int[] out, int[] y, int bits) {
        channel(out, y, y, y, 0, 0, bits);
    }

    private static void mix(
            int[] out,
            int[] y,
            int luma,
            int[] u,
            int fromU,
            int[] v,
            int fromV,
            int constant,
            int shift) {
        for (int x = 0; x < out.length; x++) {
            int level = (y[x] * luma + u[x] * fromU + v[x] * fromV + constant) >> shift;
            // Clamped by signs, since the JIT makes no SIMD of min and max.
            int below = 255 - level;
            level = 255 - (below & ~(below >> 31));
            out[x] = level & ~(level >> 31);
        }
    }
}
