package io.frametag.models.picture;

import java.io.Serializable;

/**
 * What a picture may cost. Checked from its header, before memory for its pixels is taken: a few
 * hundred bytes can claim to be a picture of gigabytes.
 *
 * @param maxPixels most pixels of one picture, width times height; a decoded picture takes three
 *     bytes of heap per pixel
 */
public record PictureLimits(long maxPixels) implements Serializable {

    /** More would not fit into one Java array of three bytes per pixel. */
    private static final long MOST_PIXELS = (Integer.MAX_VALUE - 8) / 3;

    private static final long PADDING_PIXELS = 1 << 20;

    public PictureLimits {
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "max pixels (" + maxPixels + ") must be from 1 to " + MOST_PIXELS);
        }
    }

    /** 100 megapixels: 300 MB of heap for the largest picture. */
    public static PictureLimits defaults() {
        return new PictureLimits(100_000_000);
    }

    /**
     * What FFmpeg is to be told, which counts the padding of its rows too. A backstop behind our
     * own check: for what a decoder comes upon after the header.
     */
    public long withPadding() {
        return 2 * maxPixels + PADDING_PIXELS;
    }

    /** Refuses a picture with more pixels than allowed. */
    void check(long width, long height) throws PictureException {
        if (width < 1 || height < 1) {
            throw new PictureException(
                    PictureException.CORRUPT,
                    "the picture's header gives it no size (" + width + "x" + height + ")");
        }
        if (width > maxPixels || height > maxPixels || width * height > maxPixels) {
            throw new PictureException(
                    PictureException.TOO_LARGE,
                    "the picture is %dx%d, more than the limit of %d pixels; shrink it"
                            .formatted(width, height, maxPixels));
        }
    }
}
