package io.frametag.operators.match;

import java.util.List;

/**
 * The vectors of a prompt set, laid out by coordinate in blocks of {@value #BLOCK} vectors: for
 * each coordinate of a block an array of its own. So the inner loop of {@link #scores} runs over
 * vectors, each with its own sum, which the compiler turns into SIMD code; a sum over the
 * coordinates of one vector it must not reorder, and on Java 17 it gives up on loops that add an
 * offset to the index. Immutable.
 */
final class PromptMatrix {

    /** Vectors whose sums stay in the first cache while coordinates stream past. */
    private static final int BLOCK = 1_024;

    private final int rows;
    private final int size;

    /** All coordinates of the first block, then those of the next. */
    private final float[][] values;

    /** All vectors have the same length. */
    PromptMatrix(List<float[]> vectors) {
        rows = vectors.size();
        size = rows == 0 ? 0 : vectors.get(0).length;
        values = new float[Math.multiplyExact((rows + BLOCK - 1) / BLOCK, size)][];
        for (int low = 0, at = 0; low < rows; low += BLOCK, at += size) {
            List<float[]> block = vectors.subList(low, Math.min(rows, low + BLOCK));
            for (int i = 0; i < size; i++) {
                values[at + i] = coordinate(block, i);
            }
        }
    }

    private static float[] coordinate(List<float[]> block, int i) {
        float[] values = new float[block.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = block.get(row)[i];
        }
        return values;
    }

    int rows() {
        return rows;
    }

    /** The dot product of each vector with that one. */
    float[] scores(float[] vector) {
        float[] scores = new float[rows];
        for (int low = 0, at = 0; low < rows; low += BLOCK, at += size) {
            float[] sums = new float[Math.min(BLOCK, rows - low)];
            addBlock(at, vector, sums);
            System.arraycopy(sums, 0, scores, low, sums.length);
        }
        return scores;
    }

    private void addBlock(int at, float[] vector, float[] sums) {
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            int from = at + i;
            addFour(
                    values[from],
                    values[from + 1],
                    values[from + 2],
                    values[from + 3],
                    sums,
                    vector[i],
                    vector[i + 1],
                    vector[i + 2],
                    vector[i + 3]);
        }
        for (; i < size; i++) {
            addOne(values[at + i], sums, vector[i]);
        }
    }

    private static void addFour(
            float[] first,
            float[] second,
            float[] third,
            float[] fourth,
            float[] sums,
            float a,
            float b,
            float c,
            float d) {
        for (int row = 0; row < sums.length; row++) {
            sums[row] += a * first[row] + b * second[row] + c * third[row] + d * fourth[row];
        }
    }

    private static void addOne(float[] values, float[] sums, float factor) {
        for (int row = 0; row < sums.length; row++) {
            sums[row] += factor * values[row];
        }
    }
}
