package io.frametag.operators.match;

import java.util.List;

/**
 * The vectors of a prompt set in one array, laid out by coordinate: all vectors' first coordinates,
 * then all second ones. So the inner loop of {@link #scores} runs over vectors, each with its own
 * sum, which the compiler turns into SIMD code; a sum over the coordinates of one vector it must
 * not reorder. Immutable.
 */
final class PromptMatrix {

    /** Sums that stay in the first cache while coordinates stream past, four at a time. */
    private static final int BLOCK = 4_096;

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
        for (int row = 0; row < rows; row += BLOCK) {
            addBlock(vector, row, Math.min(rows, row + BLOCK), sums);
        }
        return sums;
    }

    private void addBlock(float[] vector, int low, int high, float[] sums) {
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            addFour(vector, i, low, high, sums);
        }
        for (; i < size; i++) {
            add(vector[i], i * rows, low, high, sums);
        }
    }

    private void addFour(float[] vector, int i, int low, int high, float[] sums) {
        float[] from = values;
        float a = vector[i];
        float b = vector[i + 1];
        float c = vector[i + 2];
        float d = vector[i + 3];
        int atB = rows;
        int atC = 2 * rows;
        int atD = 3 * rows;
        int offset = i * rows;
        for (int row = low; row < high; row++) {
            int at = offset + row;
            sums[row] +=
                    a * from[at] + b * from[at + atB] + c * from[at + atC] + d * from[at + atD];
        }
    }

    private void add(float factor, int offset, int low, int high, float[] sums) {
        float[] from = values;
        for (int row = low; row < high; row++) {
            sums[row] += factor * from[offset + row];
        }
    }
}
