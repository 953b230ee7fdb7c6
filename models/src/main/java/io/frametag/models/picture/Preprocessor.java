package io.frametag.models.picture;

import io.frametag.models.ImageSize;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a picture what a model sees, equal to the bit to torchvision's Resize and CenterCrop on
 * Pillow images: Pillow's antialiased 8-bit resampler, rows first, rounded to 8 bits between the
 * passes. Only what lies inside the crop is computed.
 *
 * <p>Sizes: for a square input the short side becomes the input's side and the long side {@code
 * int(side * long / short)} (torchvision's Resize); for any other input the picture is scaled by
 * one factor until it just covers the input, sides rounded half to even (open_clip's
 * ResizeKeepRatio). The crop starts at {@code round((size - crop) / 2)}, half to even.
 *
 * <p>For one thread at a time: it keeps weights and buffers of the last picture's size. Owns no
 * native memory.
 */
public final class Preprocessor {

    private static final int HALF = 1 << (ResampleAxis.PRECISION_BITS - 1);

    private final Preprocessing preprocessing;
    private final int width;
    private final int height;
    private final float[][] normal = new float[3][256];
    private final float[] plane;
    private final byte[] seen;
    private final int[] sums;

    /** The rows of the last picture, as wide as the crop. Ints, for the JIT makes SIMD of those. */
    private int[] rows = new int[0];

    private int lastWidth;
    private int lastHeight;
    private @Nullable ResampleAxis across;
    private @Nullable ResampleAxis down;

    public Preprocessor(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        ImageSize size = preprocessing.size();
        width = size.width();
        height = size.height();
        plane = new float[Math.multiplyExact(width, height)];
        seen = new byte[Math.multiplyExact(3, plane.length)];
        sums = new int[3 * width];
        for (int c = 0; c < 3; c++) {
            for (int value = 0; value < 256; value++) {
                normal[c][value] =
                        (value / 255f - preprocessing.mean().get(c)) / preprocessing.std().get(c);
            }
        }
    }

    /**
     * Writes what the model sees, normalised, as R, G and B planes.
     *
     * @param slot {@code 3 * height * width} floats are written from its position, which stays
     */
    public void write(Picture picture, FloatBuffer slot) {
        if (slot.remaining() < 3 * plane.length) {
            throw new IllegalArgumentException(
                    "a slot of %d floats can't hold a model input of 3x%dx%d"
                            .formatted(slot.remaining(), height, width));
        }
        resample(picture);
        for (int c = 0; c < 3; c++) {
            float[] table = normal[c];
            for (int i = 0, at = c; i < plane.length; i++, at += 3) {
                plane[i] = table[seen[at] & 0xFF];
            }
            slot.put(slot.position() + c * plane.length, plane);
        }
    }

    /** What the model sees, as a picture of the model's input size. */
    public Picture crop(Picture picture) {
        resample(picture);
        return new Picture(width, height, seen.clone());
    }

    private void resample(Picture picture) {
        if (across == null || picture.width() != lastWidth || picture.height() != lastHeight) {
            plan(picture.width(), picture.height());
        }
        int low = down.low();
        int count = down.high() - low;
        int needed = Math.multiplyExact(3 * width, count);
        if (rows.length < needed) {
            rows = new int[needed];
        }
        for (int y = 0; y < count; y++) {
            row(picture.rgb(), 3 * picture.width() * (low + y), 3 * width * y);
        }
        for (int y = 0; y < height; y++) {
            column(y, 3 * width * (down.first()[y] - low));
        }
    }

    private void plan(int inWidth, int inHeight) {
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
        across = ResampleAxis.of(filter, inWidth, outWidth, left, width);
        down = ResampleAxis.of(filter, inHeight, outHeight, top, height);
        lastWidth = inWidth;
        lastHeight = inHeight;
    }

    private void row(byte[] rgb, int from, int to) {
        int[] out = rows;
        int[] weights = across.weights();
        int[] first = across.first();
        int[] taps = across.taps();
        int stride = across.stride();
        int at = to;
        for (int x = 0; x < first.length; x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int in = from + 3 * first[x];
            int end = x * stride + taps[x];
            for (int k = x * stride; k < end; k++) {
                int weight = weights[k];
                red += (rgb[in] & 0xFF) * weight;
                green += (rgb[in + 1] & 0xFF) * weight;
                blue += (rgb[in + 2] & 0xFF) * weight;
                in += 3;
            }
            out[at] = level(red);
            out[at + 1] = level(green);
            out[at + 2] = level(blue);
            at += 3;
        }
    }

    private void column(int y, int from) {
        int[] sum = sums;
        byte[] out = seen;
        Arrays.fill(sum, HALF);
        for (int k = 0; k < down.taps()[y]; k++) {
            add(sum, rows, from + k * sum.length, down.weights()[y * down.stride() + k]);
        }
        int to = y * sum.length;
        for (int x = 0; x < sum.length; x++) {
            out[to + x] = (byte) level(sum[x]);
        }
    }

    /** Of its own, for in a loop around it the JIT does not make SIMD of it. */
    private static void add(int[] sum, int[] in, int start, int weight) {
        for (int x = 0; x < sum.length; x++) {
            sum[x] += in[start + x] * weight;
        }
    }

    private static int level(int sum) {
        return Math.max(0, Math.min(sum >> ResampleAxis.PRECISION_BITS, 255));
    }
}
