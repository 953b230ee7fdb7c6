package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products in 8 bits against products in double precision. */
final class QuantizedLinearTest {

    private static final int ROWS = 12;
    private static final int INPUTS = 64;

    @TempDir Path folder;
    private final Random random = new Random(3);

    /**
     * Weights of output o are 100 to the o times as large, so that one scale for all would fail.
     */
    private ConvKernel kernel(int outputs) {
        double[] weights = new double[outputs * INPUTS];
        double[] bias = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < INPUTS; i++) {
                weights[o * INPUTS + i] = random.nextGaussian() * Math.pow(100, o);
            }
            bias[o] = random.nextGaussian() * Math.pow(100, o);
        }
        return new ConvKernel(outputs, INPUTS, 1, 1, weights, bias);
    }

    private float[] input() {
        float[] input = new float[ROWS * INPUTS];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        return input;
    }

    private float[] run(float[] input, ConvKernel kernel) throws Exception {
        return TestingGraph.run(
                folder,
                input,
                new long[] {1, ROWS, INPUTS},
                (graph, x) -> QuantizedLinear.of(graph, "l", kernel).apply(x));
    }

    @Test
    void everyOutputKeepsItsPrecision() throws Exception {
        int outputs = 4;
        ConvKernel kernel = kernel(outputs);
        float[] input = input();
        float[] found = run(input, kernel);
        assertThat(found).hasSize(ROWS * outputs);
        for (int row = 0; row < ROWS; row++) {
            for (int o = 0; o < outputs; o++) {
                double exact = kernel.bias()[o];
                for (int i = 0; i < INPUTS; i++) {
                    exact += input[row * INPUTS + i] * kernel.weights()[o * INPUTS + i];
                }
                // A sum of 64 products of normal values is of size 8.
                double error = Math.abs(found[row * outputs + o] - exact) / Math.pow(100, o);
                assertThat(error).as("row %d, output %d", row, o).isLessThan(0.4);
            }
        }
    }

    @Test
    void weightsOfZeroGiveTheBias() throws Exception {
        ConvKernel kernel = new ConvKernel(1, INPUTS, 1, 1, new double[INPUTS], new double[] {2.5});
        assertThat(run(input(), kernel)).containsOnly(2.5f);
    }
}
