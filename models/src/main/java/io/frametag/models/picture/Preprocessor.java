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
 * <p>A picture that keeps the planes of its video, and has at least two pixels for one of the
 * input, is resized in planes and becomes RGB after: 0.1 to 0.3 levels off on average, for a third
 * of the cost.
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

    /** The last rows of the picture, as wide as the crop; as many as make a row of the input. */
    private int[][] rows = new int[0][];

    private final YuvCropper planes;
    private @Nullable CropPlan plan;

    public Preprocessor(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
        ImageSize size = preprocessing.size();
        width = size.width();
        height = size.height();
        plane = new float[Math.multiplyExact(width, height)];
        seen = new byte[Math.multiplyExact(3, plane.length)];
        sums = new int[3 * width];
        planes = new YuvCropper(width);
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

    /**
     * Whether pictures of that size are shrunk enough for {@link #crop(YuvPlanes)} to come close:
     * roundings and clamped colours then are averaged out. Smaller ones cost little either way.
     */
    boolean shrinks(int inWidth, int inHeight) {
        return plan(inWidth, inHeight).shrinks();
    }

    /** What the model sees, as a picture of the model's input size, straight from planes. */
    Picture crop(YuvPlanes picture) {
        byte[] rgb = new byte[seen.length];
        planes.crop(picture, plan(picture.width(), picture.height()), rgb);
        return new Picture(width, height, rgb);
    }

    private CropPlan plan(int inWidth, int inHeight) {
        if (plan == null || !plan.isFor(inWidth, inHeight)) {
            plan = CropPlan.of(preprocessing, inWidth, inHeight);
        }
        return plan;
    }

    private void resample(Picture picture) {
        if (picture.width() == width && picture.height() == height) {
            System.arraycopy(picture.rgb(), 0, seen, 0, seen.length);
            return;
        }
        CropPlan wanted = plan(picture.width(), picture.height());
        YuvPlanes kept = picture.planes();
        if (kept != null && wanted.shrinks()) {
            planes.crop(kept, wanted, seen);
            return;
        }
        resample(picture, wanted.across(), wanted.down());
    }

    private void resample(Picture picture, ResampleAxis across, ResampleAxis down) {
        if (rows.length < down.stride()) {
            rows = new int[down.stride()][3 * width];
        }
        byte[] rgb = picture.rgb();
        int next = down.low();
        for (int y = 0; y < height; y++) {
            int end = down.first()[y] + down.taps()[y];
            for (next = Math.max(next, down.first()[y]); next < end; next++) {
                row(across, rgb, 3 * picture.width() * next, rows[next % rows.length]);
            }
            column(down, y);
        }
    }

    private static void row(ResampleAxis across, byte[] rgb, int from, int[] out) {
        int[] weights = across.weights();
        int[] first = across.first();
        int[] taps = across.taps();
        int stride = across.stride();
        int at = 0;
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

    private void column(ResampleAxis down, int y) {
        int[] sum = sums;
        byte[] out = seen;
        Arrays.fill(sum, HALF);
        for (int k = 0; k < down.taps()[y]; k++) {
            int[] row = rows[(down.first()[y] + k) % rows.length];
            add(sum, row, down.weights()[y * down.stride() + k]);
        }
        int to = y * sum.length;
        for (int x = 0; x < sum.length; x++) {
            out[to + x] = (byte) level(sum[x]);
        }
    }

    /** Of its own and over whole arrays of ints: only so the JIT makes SIMD of it. */
    private static void add(int[] sum, int[] row, int weight) {
        for (int x = 0; x < sum.length; x++) {
            sum[x] += row[x] * weight;
        }
    }

    private static int level(int sum) {
        return Math.max(0, Math.min(sum >> ResampleAxis.PRECISION_BITS, 255));
    }
}
