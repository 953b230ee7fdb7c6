package io.frametag.models.picture;

import org.jspecify.annotations.Nullable;

/**
 * Makes what a model sees straight from planes: each plane is resized by itself, at its own size,
 * and only the pixels that come out are turned into RGB. Enlarging, resizing and the change of
 * colours are all linear, so the order does not matter but for rounding and for colours outside of
 * RGB, which are clamped only at the end; against {@link JpegColours} and {@link Preprocessor} that
 * is about a tenth of a level on average. For one thread at a time.
 */
final class YuvCropper {

    private final PlaneResampler luma;
    private final PlaneResampler blue;
    private final PlaneResampler red;
    private final int[] level;
    private @Nullable CropPlan plan;
    private @Nullable ChromaGrid grid;
    private @Nullable RowTaps lumaAcross;
    private @Nullable RowTaps chromaAcross;
    private @Nullable ResampleAxis chromaDown;

    /**
     * @param width of the model's input
     */
    YuvCropper(int width) {
        luma = new PlaneResampler(width);
        blue = new PlaneResampler(width);
        red = new PlaneResampler(width);
        level = new int[width];
    }

    /** Writes the crop as interleaved RGB. */
    void crop(YuvPlanes planes, CropPlan plan, byte[] rgb) {
        plan(planes, plan);
        luma.start(planes.y(), lumaAcross, plan.down());
        if (!planes.isGrey()) {
            blue.start(planes.u(), chromaAcross, chromaDown);
            red.start(planes.v(), chromaAcross, chromaDown);
        }
        int rows = plan.down().first().length;
        for (int row = 0; row < rows; row++) {
            int at = 3 * level.length * row;
            if (planes.isGrey()) {
                grey(planes.matrix(), luma.row(row), rgb, at);
            } else {
                colour(planes.matrix(), luma.row(row), blue.row(row), red.row(row), rgb, at);
            }
        }
    }

    private void plan(YuvPlanes planes, CropPlan wanted) {
        if (wanted != plan) {
            lumaAcross = RowTaps.of(wanted.across());
        }
        if (!planes.isGrey() && (wanted != plan || !planes.grid().equals(grid))) {
            grid = planes.grid();
            int times = grid.across();
            int width = planes.u().width();
            chromaAcross = RowTaps.of(wanted.across().onHalves(times, grid.blendsAcross(), width));
            int height = planes.u().height();
            chromaDown = wanted.down().onHalves(grid.down(), grid.blendsDown(), height);
        }
        if (planes.isGrey() && wanted != plan) {
            grid = null;
        }
        plan = wanted;
    }

    private void colour(YuvMatrix matrix, int[] y, int[] u, int[] v, byte[] rgb, int at) {
        matrix.red(level, y, u, v, PlaneResampler.ROW_BITS);
        interleave(level, rgb, at);
        matrix.green(level, y, u, v, PlaneResampler.ROW_BITS);
        interleave(level, rgb, at + 1);
        matrix.blue(level, y, u, v, PlaneResampler.ROW_BITS);
        interleave(level, rgb, at + 2);
    }

    private void grey(YuvMatrix matrix, int[] y, byte[] rgb, int at) {
        matrix.grey(level, y, PlaneResampler.ROW_BITS);
        for (int channel = 0; channel < 3; channel++) {
            interleave(level, rgb, at + channel);
        }
    }

    private static void interleave(int[] level, byte[] rgb, int start) {
        int at = start;
        for (int value : level) {
            rgb[at] = (byte) value;
            at += 3;
        }
    }
}
