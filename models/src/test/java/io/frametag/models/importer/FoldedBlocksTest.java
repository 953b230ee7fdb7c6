package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folded kernels against their branches computed one by one, the plain way. */
final class FoldedBlocksTest {

    private static final int SIDE = 9;

    @TempDir Path folder;
    private final Random random = new Random(11);
    private final List<SafetensorsWriter.Entry> tensors = new ArrayList<>();

    private void tensor(String name, long... shape) {
        List<Long> dimensions = Arrays.stream(shape).boxed().toList();
        tensors.add(new SafetensorsWriter.Entry(name, false, dimensions));
    }

    private void norm(String prefix, int channels) {
        for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
            tensor(prefix + "." + part, channels);
        }
    }

    private void normed(String prefix, int outputs, int inputsPerGroup, int size) {
        tensor(prefix + ".conv.weight", outputs, inputsPerGroup, size, size);
        norm(prefix + ".bn", outputs);
    }

    private Checkpoint checkpoint() throws Exception {
        Path file = folder.resolve("c.safetensors");
        try (SafetensorsWriter writer = new SafetensorsWriter(file, tensors)) {
            for (SafetensorsWriter.Entry tensor : tensors) {
                for (long i = 0; i < tensor.elements(); i++) {
                    boolean variance = tensor.name().endsWith("running_var");
                    writer.put(variance ? 0.5f + random.nextFloat() : random.nextFloat() - 0.5f);
                }
            }
        }
        return new Checkpoint(Safetensors.open(file), (part, fraction) -> {});
    }

    private double[][][] picture(int channels) {
        double[][][] x = new double[channels][SIDE][SIDE];
        for (double[][] plane : x) {
            for (double[] row : plane) {
                Arrays.setAll(row, i -> random.nextDouble() - 0.5);
            }
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({
        // inputs, outputs, inputs per group, kernel, stride, scale branch, identity branch
        "6, 6, 1, 3, 1, true, true",
        "6, 6, 6, 1, 1, false, true",
        "4, 8, 1, 3, 1, true, false",
        "4, 8, 4, 3, 2, true, false",
        "4, 4, 1, 3, 2, false, false",
    })
    void mobileOneBlocks(
            int inputs,
            int outputs,
            int perGroup,
            int size,
            int stride,
            boolean scale,
            boolean identity)
            throws Exception {
        normed("m.conv_kxk.0", outputs, perGroup, size);
        if (scale) {
            normed("m.conv_scale", outputs, perGroup, 1);
        }
        if (identity) {
            norm("m.identity", outputs);
        }
        Checkpoint checkpoint = checkpoint();
        double[][][] x = picture(inputs);
        double[][][] expected = normed(checkpoint, "m.conv_kxk.0", x, stride);
        if (scale) {
            add(expected, normed(checkpoint, "m.conv_scale", x, stride), 1);
        }
        if (identity) {
            add(expected, norm(checkpoint, "m.identity", x), 1);
        }
        ConvKernel folded = new FoldedBlocks(checkpoint).mobileOne("m", inputs);
        assertClose(Naive.convolution(folded, x, stride), expected);
        checkpoint.checkAllUsed();
    }

    @Test
    void mobileOneBlocksOfSeveralLargeBranches() throws Exception {
        normed("m.conv_kxk.0", 4, 1, 3);
        normed("m.conv_kxk.1", 4, 1, 3);
        Checkpoint checkpoint = checkpoint();
        double[][][] x = picture(4);
        double[][][] expected = normed(checkpoint, "m.conv_kxk.0", x, 1);
        add(expected, normed(checkpoint, "m.conv_kxk.1", x, 1), 1);
        ConvKernel folded = new FoldedBlocks(checkpoint).mobileOne("m", 4);
        assertClose(Naive.convolution(folded, x, 1), expected);
    }

    @Test
    void repMixer() throws Exception {
        normed("t.mixer.conv_kxk.0", 5, 1, 3);
        normed("t.mixer.conv_scale", 5, 1, 1);
        norm("t.mixer.identity", 5);
        norm("t.norm.identity", 5);
        tensor("t.layer_scale.gamma", 5, 1, 1);
        Checkpoint checkpoint = checkpoint();
        double[][][] x = picture(5);
        double[][][] change = normed(checkpoint, "t.mixer.conv_kxk.0", x, 1);
        add(change, normed(checkpoint, "t.mixer.conv_scale", x, 1), 1);
        add(change, norm(checkpoint, "t.mixer.identity", x), 1);
        add(change, norm(checkpoint, "t.norm.identity", x), -1);
        float[] gamma = checkpoint.read("t.layer_scale.gamma", 5, 1, 1);
        double[][][] expected = picture(5);
        for (int c = 0; c < 5; c++) {
            for (int y = 0; y < SIDE; y++) {
                for (int i = 0; i < SIDE; i++) {
                    expected[c][y][i] = x[c][y][i] + gamma[c] * change[c][y][i];
                }
            }
        }
        ConvKernel folded = new FoldedBlocks(checkpoint).repMixer("t", 5);
        assertThat(folded.groups()).isEqualTo(5);
        assertClose(Naive.convolution(folded, x, 1), expected);
    }

    @Test
    void downsamplingOfALargeAndASmallKernel() throws Exception {
        normed("d.large_conv", 8, 1, 7);
        normed("d.small_conv", 8, 1, 3);
        Checkpoint checkpoint = checkpoint();
        double[][][] x = picture(4);
        double[][][] expected = normed(checkpoint, "d.large_conv", x, 2);
        add(expected, normed(checkpoint, "d.small_conv", x, 2), 1);
        ConvKernel folded = new FoldedBlocks(checkpoint).largeKernel("d", 4);
        assertClose(Naive.convolution(folded, x, 2), expected);
    }

    @Test
    void batchNormBeforeALinearLayer() throws Exception {
        norm("n", 4);
        tensor("l", 6, 4);
        Checkpoint checkpoint = checkpoint();
        double[][][] x = picture(4);
        ConvKernel linear = checkpoint.linear("l", 6, 4);
        double[][][] expected = Naive.convolution(linear, norm(checkpoint, "n", x), 1);
        ConvKernel folded =
                new FoldedBlocks(checkpoint).after(checkpoint.batchNorm("n", 4), linear);
        assertClose(Naive.convolution(folded, x, 1), expected);
    }

    private static double[][][] normed(
            Checkpoint checkpoint, String prefix, double[][][] x, int stride) throws Exception {
        ConvKernel bare = checkpoint.convolution(prefix + ".conv.weight", x.length);
        return norm(checkpoint, prefix + ".bn", Naive.convolution(bare, x, stride));
    }

    private static double[][][] norm(Checkpoint checkpoint, String prefix, double[][][] x)
            throws Exception {
        float[] weight = checkpoint.read(prefix + ".weight", x.length);
        float[] bias = checkpoint.read(prefix + ".bias", x.length);
        float[] mean = checkpoint.read(prefix + ".running_mean", x.length);
        float[] variance = checkpoint.read(prefix + ".running_var", x.length);
        return Naive.map(
                x, (c, v) -> (v - mean[c]) / Math.sqrt(variance[c] + 1e-5) * weight[c] + bias[c]);
    }

    private static void add(double[][][] sum, double[][][] other, int sign) {
        for (int c = 0; c < sum.length; c++) {
            for (int y = 0; y < sum[c].length; y++) {
                for (int x = 0; x < sum[c][y].length; x++) {
                    sum[c][y][x] += sign * other[c][y][x];
                }
            }
        }
    }

    private static void assertClose(double[][][] found, double[][][] expected) {
        assertThat(found.length).isEqualTo(expected.length);
        for (int c = 0; c < expected.length; c++) {
            assertThat(found[c].length).isEqualTo(expected[c].length);
            for (int y = 0; y < expected[c].length; y++) {
                assertThat(found[c][y]).containsExactly(expected[c][y], within(1e-12));
            }
        }
    }
}
