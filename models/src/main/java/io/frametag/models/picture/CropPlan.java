package io.frametag.models.picture;

/**
 * How pictures of one size become a model's input: which of their samples make which of its.
 * Immutable.
 *
 * <p>Sizes: for a square input the short side becomes the input's side and the long side {@code
 * int(side * long / short)} (torchvision's Resize); for any other input the picture is scaled by
 * one factor until it just covers the input, sides rounded half to even (open_clip's
 * ResizeKeepRatio). The crop starts at {@code round((size - crop) / 2)}, half to even.
 *
 * @param width of the pictures
 * @param height of the pictures
 * @param across from a row of the picture to a row of the input
 * @param down from a column of the picture to a column of the input
 */
record CropPlan(int width, int height, ResampleAxis across, ResampleAxis down) {

    static CropPlan of(Preprocessing preprocessing, int inWidth, int inHeight) {
        int width = preprocessing.size().width();
        int height = preprocessing.size().height();
        long outWidth;
        long outHeight;
        if (width == height) {
            boolean portrait = inWidth <= inHeight;
            outWidth = portrait ? width : (long) ((double) ((long) width * inWidth) / inHeight);
            outHeight = portrait ? (long) ((double) ((long) height * inHeight) / inWidth) : height;
        } else {
            double ratio = Math.min((double) inWidth / width, (double) inHeight / height);
            outWidth = (long) Math.rint(inWidth / ratio);
            outHeight = (long) Math.rint(inHeight / ratio);
        }
        long left = (long) Math.rint((outWidth - width) / 2.0);
        long top = (long) Math.rint((outHeight - height) / 2.0);
        Resampling filter = preprocessing.resampling();
        return new CropPlan(
                inWidth,
                inHeight,
                ResampleAxis.of(filter, inWidth, outWidth, left, width),
                ResampleAxis.of(filter, inHeight, outHeight, top, height));
    }

    /** Whether several samples make one of the input: at least two, counted by area. */
    boolean shrinks() {
        long used = (long) (across.high() - across.low()) * (down.high() - down.low());
        return used >= 2L * across.first().length * down.first().length;
    }

    boolean isFor(int width, int height) {
        return this.width == width && this.height == height;
    }
}
