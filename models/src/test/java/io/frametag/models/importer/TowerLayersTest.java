package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers with channels innermost against the same layers with channels outermost. */
final class TowerLayersTest {

    private static final int BATCH = 2;

    @TempDir Path folder;
    private final Random random = new Random(5);

    /** What is done with a feature. */
    private interface Body {
        Feature write(TowerLayers layers, Feature x) throws Exception;
    }

    private ConvKernel kernel(int outputs, int inputsPerGroup, int size, int groups) {
        double[] weights =
                random.doubles((long) outputs * inputsPerGroup * size * size, -0.3, 0.3).toArray();
        double[] bias = random.doubles(outputs, -1, 1).toArray();
        return new ConvKernel(outputs, inputsPerGroup, size, groups, weights, bias);
    }

    private void assertSame(int channels, int side, double tolerance, Body body) throws Exception {
        float[] input = new float[BATCH * channels * side * side];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        float[] expected = run(input, channels, side, body, ChannelsFirstLayers::new);
        float[] found =
                run(
                        input,
                        channels,
                        side,
                        body,
                        graph -> new ChannelsLastLayers(graph, Linear::of));
        assertThat(found).containsExactly(expected, within((float) tolerance));
    }

    /** Makes the layers of a graph. */
    private interface Layers {
        TowerLayers in(OnnxGraph graph);
    }

    private float[] run(float[] input, int channels, int side, Body body, Layers layers)
            throws Exception {
        return TestingGraph.run(
                folder,
                input,
                new long[] {BATCH, channels, side, side},
                (graph, x) -> {
                    Feature feature = Feature.channelsFirst(graph, x, channels, side, side);
                    return body.write(layers.in(graph), feature).channelsFirst();
                });
    }

    @Test
    void pointwiseConvolution() throws Exception {
        ConvKernel kernel = kernel(5, 7, 1, 1);
        assertSame(7, 6, 1e-5, (layers, x) -> layers.convolution(x, "c", kernel, 1));
        assertSame(7, 6, 1e-5, (layers, x) -> layers.trunkConvolution(x, "c", kernel));
    }

    @Test
    void depthwiseConvolutionOfSeveralOutputsPerChannel() throws Exception {
        ConvKernel kernel = kernel(24, 1, 7, 8);
        assertSame(8, 12, 1e-5, (layers, x) -> layers.convolution(x, "c", kernel, 2));
    }

    @Test
    void denseConvolution() throws Exception {
        ConvKernel kernel = kernel(4, 3, 3, 1);
        assertSame(3, 8, 1e-5, (layers, x) -> layers.convolution(x, "c", kernel, 2));
    }

    /** Hidden values beyond the limit of a strip; an output is a mean, off by no more than one. */
    @Test
    void perceptronInStrips() throws Exception {
        int hidden = 192;
        ConvKernel widen = kernel(hidden, 4, 1, 1);
        double[] weights = new double[4 * hidden];
        Arrays.fill(weights, 1.0 / hidden);
        ConvKernel narrow = new ConvKernel(4, hidden, 1, 1, weights, new double[] {1, -2, 3, 0});
        assertSame(4, 64, 0.0204, (layers, x) -> layers.perceptron(x, "a", widen, "b", narrow));
    }

    @Test
    void gelu() throws Exception {
        assertSame(3, 64, 1e-5, TowerLayers::gelu);
    }

    @Test
    void depthwiseConvolutionOfASum() throws Exception {
        ConvKernel mix = kernel(6, 6, 1, 1);
        ConvKernel depthwise = kernel(6, 1, 3, 6);
        assertSame(
                6,
                8,
                1e-4,
                (layers, x) -> {
                    Feature sum = layers.add(x, layers.convolution(x, "m", mix, 1));
                    Feature y = layers.convolution(sum, "d", depthwise, 1);
                    return layers.add(y, sum);
                });
    }

    @Test
    void standardisedTokens() throws Exception {
        assertSame(
                24,
                4,
                1e-4,
                (layers, x) -> layers.fromTokens(layers.standardised(layers.tokens(x), x, "n"), x));
    }

    @Test
    void gateAndSum() throws Exception {
        ConvKernel kernel = kernel(6, 6, 1, 1);
        assertSame(
                6,
                4,
                1e-5,
                (layers, x) -> {
                    Feature y = layers.convolution(x, "c", kernel, 1);
                    return layers.add(y, layers.add(x, y));
                });
    }

    @Test
    void tokensAndBack() throws Exception {
        ConvKernel kernel = kernel(6, 6, 1, 1);
        assertSame(
                6,
                4,
                1e-5,
                (layers, x) -> {
                    Feature y = layers.convolution(x, "c", kernel, 1);
                    return layers.add(layers.fromTokens(layers.tokens(y), y), x);
                });
    }
}
