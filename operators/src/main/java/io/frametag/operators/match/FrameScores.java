package io.frametag.operators.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one frame, by row of its prompt set: those of the first rows are there or not,
 * those of the others are known roughly or not, and what is not there is worked out where it is
 * asked for. Used by one thread.
 */
final class FrameScores {

    private final List<float[]> vectors;
    private final float[] embedding;
    private final float[] ready;
    private final int first;
    private final CoarseMatrix.@Nullable Near near;

    /**
     * @param vectors of all rows
     * @param ready scores of the first rows, maybe of none
     * @param first row that {@code near} begins with
     * @param near null where the rows from {@code first} on are not known roughly
     */
    FrameScores(
            List<float[]> vectors,
            float[] embedding,
            float[] ready,
            int first,
            CoarseMatrix.@Nullable Near near) {
        this.vectors = vectors;
        this.embedding = embedding;
        this.ready = ready;
        this.first = first;
        this.near = near;
    }

    /** Whether there are rough scores. A frame that is no number somewhere has none. */
    boolean isNear() {
        return near != null && near.error() < Double.POSITIVE_INFINITY;
    }

    /** Off by at most {@link #error}. */
    float near(int row) {
        return row < first ? exact(row) : near.values()[row - first];
    }

    double error() {
        return near.error();
    }

    /** To the rounding of float sums. */
    float exact(int row) {
        return row < ready.length ? ready[row] : dot(vectors.get(row), embedding);
    }

    /** Eight sums, so that an addition need not wait for the one before. */
    private static float dot(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i + 8 <= one.length; i += 8) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
            e += one[i + 4] * other[i + 4];
            f += one[i + 5] * other[i + 5];
            g += one[i + 6] * other[i + 6];
            h += one[i + 7] * other[i + 7];
        }
        for (; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return a + b + (c + d) + (e + f + (g + h));
    }
}
