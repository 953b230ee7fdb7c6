package io.frametag.operators.sample;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_BITSTREAM;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_HWACCEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.frametag.models.picture.Picture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.annotation.PublicEvolving;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a picture at {@value #COLUMNS} by {@value #ROWS} cells: the mean luma of each, in
 * 256 grey levels. Enough to see whether anything moved, and 1,000 times smaller than a picture.
 * Immutable; owns no native memory.
 *
 * <p>Of each cell at most {@value #SAMPLES} by {@value #SAMPLES} pixels are looked at, evenly
 * spread, so the cost hardly grows with the picture. Grids of different pictures can be compared
 * whatever the pictures' sizes, but luma planes and pictures in RGB give slightly different levels,
 * since video has a narrower range: a stream should keep to one of the two.
 */
@PublicEvolving
public final class LumaGrid {

    public static final int COLUMNS = 64;
    public static final int ROWS = 36;

    /** By more grey levels than this, of 256, a cell has changed. */
    public static final int CHANGED_LEVELS = 8;

    private static final int SAMPLES = 8;

    private final byte[] levels;

    private LumaGrid(byte[] levels) {
        this.levels = levels;
    }

    /** Puts the luma of a row of the picture into an array. */
    private interface Rows {
        void read(int y, byte[] into);
    }

    /** Of a picture in RGB, with the weights of BT.601. */
    public static LumaGrid of(Picture picture) {
        int width = picture.width();
        byte[] rgb = picture.rgb();
        int step = step(width, COLUMNS);
        return of(
                width,
                picture.height(),
                (y, row) -> {
                    for (int x = 0; x < width; x += step) {
                        int at = 3 * (y * width + x);
                        int luma =
                                77 * (rgb[at] & 0xFF)
                                        + 150 * (rgb[at + 1] & 0xFF)
                                        + 29 * (rgb[at + 2] & 0xFF);
                        row[x] = (byte) (luma >> 8);
                    }
                });
    }

    /**
     * Of a plane of luma, one byte a pixel.
     *
     * @param luma whose position is not changed; the plane starts at its index 0
     * @param stride bytes from a row to the next
     */
    public static LumaGrid ofPlane(ByteBuffer luma, int stride, int width, int height) {
        return of(width, height, (y, row) -> luma.get(y * stride, row, 0, width));
    }

    /**
     * Of the luma plane of a decoded frame, before any colour conversion.
     *
     * @return null where the frame has no plane of luma at 8 bits (RGB, a palette, 10 bits, or in a
     *     device's memory): then take that of its {@link Picture}
     */
    public static @Nullable LumaGrid of(AVFrame frame) {
        if (!hasLumaPlane(frame.format())) {
            return null;
        }
        long stride = frame.linesize(0);
        int width = frame.width();
        BytePointer plane = new BytePointer(frame.data(0));
        return of(width, frame.height(), (y, row) -> plane.position(y * stride).get(row, 0, width));
    }

    private static boolean hasLumaPlane(int format) {
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
        int others =
                AV_PIX_FMT_FLAG_RGB
                        | AV_PIX_FMT_FLAG_PAL
                        | AV_PIX_FMT_FLAG_BITSTREAM
                        | AV_PIX_FMT_FLAG_HWACCEL;
        if (descriptor == null || (descriptor.flags() & others) != 0) {
            return false;
        }
        AVComponentDescriptor luma = descriptor.comp(0);
        return luma.plane() == 0 && luma.step() == 1 && luma.offset() == 0 && luma.depth() == 8;
    }

    private static LumaGrid of(int width, int height, Rows rows) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "picture of " + width + "x" + height + " must have pixels");
        }
        byte[] levels = new byte[COLUMNS * ROWS];
        byte[] line = new byte[width];
        int[] sums = new int[COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            int top = start(row, ROWS, height);
            int bottom = end(row, ROWS, height);
            int lines = 0;
            Arrays.fill(sums, 0);
            for (int y = top; y < bottom; y += step(height, ROWS)) {
                rows.read(y, line);
                addUp(line, width, sums);
                lines++;
            }
            mean(sums, lines, width, levels, row * COLUMNS);
        }
        return new LumaGrid(levels);
    }

    /** Samples lie on the same columns in every cell: at multiples of the step. */
    private static void addUp(byte[] line, int width, int[] sums) {
        int step = step(width, COLUMNS);
        for (int column = 0; column < COLUMNS; column++) {
            int sum = 0;
            for (int x = first(column, width, step); x < end(column, COLUMNS, width); x += step) {
                sum += line[x] & 0xFF;
            }
            sums[column] += sum;
        }
    }

    private static void mean(int[] sums, int lines, int width, byte[] levels, int at) {
        int step = step(width, COLUMNS);
        for (int column = 0; column < COLUMNS; column++) {
            int first = first(column, width, step);
            int samples = (end(column, COLUMNS, width) - first + step - 1) / step * lines;
            levels[at + column] = (byte) ((sums[column] + samples / 2) / samples);
        }
    }

    /** First multiple of the step in a cell; every cell has one, as no cell is narrower. */
    private static int first(int column, int width, int step) {
        return (start(column, COLUMNS, width) + step - 1) / step * step;
    }

    private static int start(int cell, int cells, int size) {
        return (int) ((long) cell * size / cells);
    }

    /** A picture smaller than the grid has pixels in several cells. */
    private static int end(int cell, int cells, int size) {
        return Math.max(start(cell, cells, size) + 1, start(cell + 1, cells, size));
    }

    private static int step(int size, int cells) {
        return Math.max(1, size / (cells * SAMPLES));
    }

    /** Share of cells, from 0 to 1, that differ by more than {@link #CHANGED_LEVELS}. */
    public double changedShare(LumaGrid other) {
        return changedShare(other, CHANGED_LEVELS);
    }

    /** Share of cells, from 0 to 1, that differ by more than that many grey levels. */
    public double changedShare(LumaGrid other, int greyLevels) {
        int changed = 0;
        for (int i = 0; i < levels.length; i++) {
            int difference = Math.abs((levels[i] & 0xFF) - (other.levels[i] & 0xFF));
            changed += difference > greyLevels ? 1 : 0;
        }
        return (double) changed / levels.length;
    }

    /** Mean luma of a cell, from 0 to 255. */
    int level(int column, int row) {
        return levels[row * COLUMNS + column] & 0xFF;
    }
}
