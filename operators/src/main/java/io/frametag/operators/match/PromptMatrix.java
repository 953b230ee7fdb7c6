package io.frametag.operators.match;

import java.util.List;

/**
 * The vectors of a prompt set in one array, laid out by coordinate: all vectors' first coordinates,
 * then all second ones. So the inner loop of {@link #scores} runs over vectors, each with its own
 * sum, which the compiler turns into SIMD code; a sum over the coordinates of one vector it must
 * not reorder. Immutable.
 */
final class PromptMatrix {

    private final int rows;
    private final int size;
    private final float[] values;

    /** All vectors have the same length. */
    PromptMatrix(List<float[]> vectors) {
        rows = vectors.size();
        size = rows == 0 ? 0 : vectors.get(0).length;
        values = new float[Math.multiplyExact(rows, size)];
        for (int row = 0; row < rows; row++) {
            float[] vector = vectors.get(row);
            for (int i = 0; i < size; i++) {
                values[i * rows + row] = vector[i];
            }
        }
    }

    int rows() {
        return rows;
    }

    /** The dot product of each vector with that one. */
    float[] scores(float[] vector) {
        float[] sums = new float[rows];
        for (int i = 0; i < size; i++) {
            add(vector[i], i * rows, sums);
        }
        return sums;
    }

    private void add(float factor, int offset, float[] sums) {
        float[] from = values;
        for (int row = 0; row < sums.length; row++) {
            sums[row] += factor * from[offset + row];
        }
    }
}
