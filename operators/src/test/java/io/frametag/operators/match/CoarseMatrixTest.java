package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoarseMatrixTest {

    /** With a direction that all share, as texts have, and one coordinate that stands out. */
    private static List<float[]> vectors(int rows, int size, double shared, float outlier) {
        Random random = new Random(rows);
        List<float[]> vectors = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            float[] vector = new float[size];
            double squares = 0;
            for (int i = 0; i < size; i++) {
                vector[i] = (float) (random.nextGaussian() + shared * Math.sin(i));
            }
            vector[row % size] += outlier;
            for (float value : vector) {
                squares += value * value;
            }
            for (int i = 0; i < size; i++) {
                vector[i] /= (float) Math.sqrt(squares);
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static double largestError(CoarseMatrix.Near near, List<float[]> vectors, float[] q) {
        double most = 0;
        for (int row = 0; row < vectors.size(); row++) {
            most = Math.max(most, Math.abs(near.values()[row] - dot(vectors.get(row), q)));
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0",
        "3, 7, 0, 0",
        "1025, 64, 0, 0",
        "2100, 513, 1, 0",
        "500, 768, 3, 0",
        "300, 768, 0, 20"
    })
    void scoresAreWithinTheBound(int rows, int size, double shared, float outlier) {
        List<float[]> vectors = vectors(rows, size, shared, outlier);
        CoarseMatrix matrix = new CoarseMatrix(vectors);

        for (float[] query : vectors(20, size, shared, outlier)) {
            CoarseMatrix.Near near = matrix.scores(query);

            assertThat(largestError(near, vectors, query)).isLessThanOrEqualTo(near.error());
        }
    }

    @Test
    void theBoundIsAsTightAsItSays() {
        List<float[]> vectors = vectors(2_000, 768, 1, 0);
        float[] query = vectors(1, 768, 1, 0).get(0);

        CoarseMatrix.Near near = new CoarseMatrix(vectors).scores(query);

        assertThat(near.error()).isBetween(0.001, 0.003);
        assertThat(largestError(near, vectors, query)).isLessThan(near.error() / 5);
    }

    /** The frame that makes most of the error of one row, and the longest sums there can be. */
    @Test
    void theBoundHoldsForTheWorstFrame() {
        List<float[]> vectors = vectors(300, 96, 0, 0);
        CoarseMatrix matrix = new CoarseMatrix(vectors);
        float[] worst = new float[96];
        for (int i = 0; i < 96; i++) {
            float[] axis = new float[96];
            axis[i] = 1;
            worst[i] = vectors.get(7)[i] - matrix.scores(axis).values()[7];
        }
        CoarseMatrix.Near near = matrix.scores(worst);

        assertThat(largestError(near, vectors, worst))
                .isLessThanOrEqualTo(near.error())
                .isGreaterThan(near.error() / 4);

        List<float[]> flat = new ArrayList<>();
        for (int row = 0; row < 4; row++) {
            float[] vector = new float[768];
            for (int i = 0; i < 768; i++) {
                vector[i] = row % 2 == 0 ? 1 : -1;
            }
            flat.add(vector);
        }
        CoarseMatrix.Near longest = new CoarseMatrix(flat).scores(flat.get(0));

        assertThat(largestError(longest, flat, flat.get(0))).isLessThanOrEqualTo(longest.error());
        assertThat(longest.error()).isLessThan(0.5);
    }

    @Test
    void vectorsAndFramesOfNoLengthHaveScoresToo() {
        List<float[]> vectors = List.of(new float[5], new float[] {0, 0, 1, 0, 0});

        CoarseMatrix.Near near = new CoarseMatrix(vectors).scores(new float[5]);

        assertThat(near.values()).containsExactly(0, 0);
        assertThat(near.error()).isZero();
        assertThat(new CoarseMatrix(List.of(new float[3])).scores(new float[] {1, 2, 3}).values())
                .containsExactly(0);
    }
}
