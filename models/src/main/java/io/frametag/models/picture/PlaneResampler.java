package io.frametag.models.picture;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a window from one plane of samples: down the columns first, which is where SIMD
 * pays, then along the rows, two of them at once. What lies outside the window's reach is not read.
 *
 * <p>Six bits after the point are kept between the two passes, and eight of the result, so that
 * rounding adds less than a fiftieth of a level. Values are not clamped. For one thread at a time;
 * keeps its buffers for the next plane.
 */
final class PlaneResampler {

    /** Bits after the point of the values of a row. */
    static final int ROW_BITS = 8;

    private static final int PLACES = 4;
    private static final int COLUMN_BITS = 6;
    private static final int DOWN_SHIFT = ResampleAxis.PRECISION_BITS - COLUMN_BITS;
    private static final int ACROSS_SHIFT = COLUMN_BITS + RowTaps.WEIGHT_BITS - ROW_BITS;

    private final int[] even;
    private final int[] odd;
    private @Nullable SamplePlane plane;
    private @Nullable RowTaps across;
    private @Nullable ResampleAxis down;

    /** The last rows of the plane, as words; as many as an output row is made from at most. */
    private int[][] ring = new int[0][];

    /** Those of them that the current output row is made from, in order. */
    private int[][] inputs = new int[0][];

    private int nextRow;
    private int words;

    /** The columns of an even and an odd row, of each place in a word by itself. */
    private int[][] evenSums = new int[0][];

    private int[][] oddSums = new int[0][];

    /** The columns of both rows, the odd one's in the upper halves. */
    private long[] columns = new long[0];

    private final long[] rowSums;

    /**
     * @param width of the window
     */
    PlaneResampler(int width) {
        even = new int[width];
        odd = new int[width];
        rowSums = new long[width];
    }

    /** Begins a plane; {@link #row} then wants its output rows from the first to the last. */
    void start(SamplePlane plane, RowTaps across, ResampleAxis down) {
        this.plane = plane;
        this.across = across;
        this.down = down;
        nextRow = down.low();
        if (words != across.words() || ring.length < down.stride()) {
            words = across.words();
            ring = new int[down.stride()][words];
            inputs = new int[down.stride()][];
            evenSums = new int[PLACES][words];
            oddSums = new int[PLACES][words];
            columns = new long[PLACES * words];
        }
    }

    /**
     * Makes output row {@code y}.
     *
     * @return values with {@link #ROW_BITS} after the point, valid until the next call
     */
    int[] row(int y) {
        if ((y & 1) == 1) {
            return odd;
        }
        addColumns(evenSums, y);
        // A last row without a partner is made twice.
        addColumns(oddSums, Math.min(y + 1, down.first().length - 1));
        for (int place = 0; place < PLACES; place++) {
            pair(columns, place * words, evenSums[place], oddSums[place]);
        }
        addRows(across.index(), across.weights());
        return even;
    }

    private void addColumns(int[][] sums, int y) {
        int first = down.first()[y];
        int taps = down.taps()[y];
        for (nextRow = Math.max(nextRow, first); nextRow < first + taps; nextRow++) {
            plane.read(nextRow, across.firstWord(), ring[nextRow % ring.length]);
        }
        for (int k = 0; k < taps; k++) {
            inputs[k] = ring[(first + k) % ring.length];
        }
        for (int place = 0; place < PLACES; place++) {
            Arrays.fill(sums[place], 1 << (DOWN_SHIFT - 1));
            addColumns(sums[place], taps, y * down.stride(), 8 * place);
        }
    }

    private void addColumns(int[] sums, int taps, int at, int shift) {
        int[][] in = inputs;
        int[] weights = down.weights();
        int k = 0;
        for (; k + 4 <= taps; k += 4) {
            add(
                    sums,
                    shift,
                    in[k],
                    weights[at + k],
                    in[k + 1],
                    weights[at + k + 1],
                    in[k + 2],
                    weights[at + k + 2],
                    in[k + 3],
                    weights[at + k + 3]);
        }
        for (; k < taps; k++) {
            add(sums, shift, in[k], weights[at + k]);
        }
    }

    // The JIT makes SIMD of a loop of its own, over whole arrays of ints that begin at the same
    // place: not inside another loop, not of bytes, not with an offset into an array.

    private static void add(
            int[] sums,
            int shift,
            int[] a,
            int forA,
            int[] b,
            int forB,
            int[] c,
            int forC,
            int[] d,
            int forD) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] +=
                    ((a[i] >>> shift) & 0xFF) * forA
                            + ((b[i] >>> shift) & 0xFF) * forB
                            + ((c[i] >>> shift) & 0xFF) * forC
                            + ((d[i] >>> shift) & 0xFF) * forD;
        }
    }

    private static void add(int[] sums, int shift, int[] a, int forA) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ((a[i] >>> shift) & 0xFF) * forA;
        }
    }

    private static void pair(long[] columns, int start, int[] even, int[] odd) {
        for (int i = 0; i < even.length; i++) {
            // Added, not joined: a negative lower half then lends from the upper one.
            columns[start + i] =
                    ((long) (odd[i] >> DOWN_SHIFT) << Integer.SIZE) + (even[i] >> DOWN_SHIFT);
        }
    }

    private void addRows(int[][] index, int[][] weights) {
        Arrays.fill(rowSums, 0);
        for (int k = 0; k < index.length; k += RowTaps.STEP) {
            add(
                    rowSums,
                    columns,
                    index[k],
                    weights[k],
                    index[k + 1],
                    weights[k + 1],
                    index[k + 2],
                    weights[k + 2]);
        }
        split(rowSums, even, odd);
    }

    /** Both rows in one multiplication: neither half reaches 31 bits. */
    private static void add(
            long[] sums,
            long[] columns,
            int[] a,
            int[] forA,
            int[] b,
            int[] forB,
            int[] c,
            int[] forC) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += columns[a[x]] * forA[x] + columns[b[x]] * forB[x] + columns[c[x]] * forC[x];
        }
    }

    private static void split(long[] sums, int[] even, int[] odd) {
        int half = 1 << (ACROSS_SHIFT - 1);
        for (int x = 0; x < sums.length; x++) {
            int lower = (int) sums[x];
            int upper = (int) ((sums[x] - lower) >> Integer.SIZE);
            even[x] = (lower + half) >> ACROSS_SHIFT;
            odd[x] = (upper + half) >> ACROSS_SHIFT;
        }
    }
}
