package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.TestingModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ViT towers with a few weights; the conformance compares them whole with the reference. */
final class VitTowerTest {

    private static final int WIDTH = 64;
    private static final int EMBEDDING_SIZE = 5;

    @TempDir Path folder;

    /** A tower of 3 x 3 patches of 8 pixels, in L/14's layout or in B's with a stem. */
    private static List<String> tensors(boolean stem, int blocks) {
        List<String> tensors = new ArrayList<>();
        String trunk = "visual.trunk.";
        tensors.add(trunk + "cls_token\tfloat32\t1x1x64");
        tensors.add(trunk + "pos_embed\tfloat32\t1x" + (stem ? 9 : 10) + "x64");
        if (stem) {
            String backbone = trunk + "patch_embed.backbone.";
            TestingModels.normed(tensors, backbone + "0", "16x3x4x4", 16);
            TestingModels.biased(tensors, backbone + "1.conv", "64x16x2x2", WIDTH);
        } else {
            tensors.add(trunk + "patch_embed.proj.weight\tfloat32\t64x3x8x8");
            TestingModels.affine(tensors, trunk + "norm_pre", WIDTH);
        }
        for (int i = 0; i < blocks; i++) {
            String block = trunk + "blocks." + i + ".";
            TestingModels.affine(tensors, block + "norm1", WIDTH);
            TestingModels.biased(tensors, block + "attn.qkv", "192x64", 192);
            TestingModels.biased(tensors, block + "attn.proj", "64x64", WIDTH);
            TestingModels.affine(tensors, block + "norm2", WIDTH);
            TestingModels.biased(tensors, block + "mlp.fc1", "128x64", 128);
            TestingModels.biased(tensors, block + "mlp.fc2", "64x128", WIDTH);
        }
        TestingModels.affine(tensors, trunk + "norm", WIDTH);
        TestingModels.biased(tensors, trunk + "head", "5x64", EMBEDDING_SIZE);
        return tensors;
    }

    private float[][] run(List<String> tensors, float[][][][] images) throws Exception {
        return run(tensors, images, RealType.FLOAT32);
    }

    private float[][] run(List<String> tensors, float[][][][] images, RealType reals)
            throws Exception {
        Path graphFile = folder.resolve("image.onnx");
        Files.deleteIfExists(folder.resolve("image.onnx.data"));
        try (Safetensors file = Safetensors.open(TestingModels.weights(folder, tensors));
                OnnxGraph graph = new OnnxGraph("image", graphFile, reals)) {
            Checkpoint checkpoint = new Checkpoint(file, (part, fraction) -> {});
            assertThat(VitTower.imageSize(checkpoint)).isEqualTo(new ImageSize(24, 24));
            new VitTower(checkpoint, graph).write(new ImageSize(24, 24), EMBEDDING_SIZE);
            graph.write();
            checkpoint.checkAllUsed();
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(graphFile.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, images);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    private static float[][][][] noise(int pictures) {
        Random random = new Random(3);
        float[][][][] images = new float[pictures][3][24][24];
        for (float[][][] image : images) {
            for (float[][] plane : image) {
                for (float[] row : plane) {
                    for (int x = 0; x < row.length; x++) {
                        row[x] = random.nextFloat();
                    }
                }
            }
        }
        return images;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchGivesWhatItsPicturesGiveAlone(boolean stem) throws Exception {
        float[][][][] images = noise(2);
        float[][] together = run(tensors(stem, 2), images);
        float[][] second = run(tensors(stem, 2), new float[][][][] {images[1]});
        assertThat(together).hasDimensions(2, EMBEDDING_SIZE);
        assertThat(together[1]).containsExactly(second[0], within(1e-5f));
        assertThat(together[0]).isNotEqualTo(together[1]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void float16GivesAlmostTheSame(boolean stem) throws Exception {
        float[][][][] images = noise(1);
        float[] expected = run(tensors(stem, 2), images)[0];
        float[] found = run(tensors(stem, 2), images, RealType.FLOAT16)[0];
        assertThat(found).containsExactly(expected, within(0.01f)).isNotEqualTo(expected);
    }

    /** Without blocks nothing reaches the class token, so that it can be followed by hand. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theClassTokenGoesThroughNormAndHead(boolean stem) throws Exception {
        List<String> tensors = tensors(stem, 0);
        float[] found = run(tensors, noise(1))[0];
        try (Safetensors file = Safetensors.open(folder.resolve("tiny.safetensors"))) {
            Checkpoint checkpoint = new Checkpoint(file, (part, fraction) -> {});
            float[] row = checkpoint.read("visual.trunk.cls_token", 1, 1, WIDTH);
            double[] x = Checkpoint.doubles(row);
            if (!stem) {
                float[] positions = checkpoint.read("visual.trunk.pos_embed", 1, 10, WIDTH);
                for (int c = 0; c < WIDTH; c++) {
                    x[c] += positions[c];
                }
                x = layerNorm(checkpoint, "visual.trunk.norm_pre", x, 1e-5);
            }
            x = layerNorm(checkpoint, "visual.trunk.norm", x, stem ? 1e-6 : 1e-5);
            assertThat(found).containsExactly(head(checkpoint, x), within(1e-5f));
        }
    }

    private static double[] layerNorm(Checkpoint checkpoint, String name, double[] x, double eps)
            throws Exception {
        double[] weight = checkpoint.vector(name + ".weight", WIDTH);
        double[] bias = checkpoint.vector(name + ".bias", WIDTH);
        double mean = 0;
        double squares = 0;
        for (double value : x) {
            mean += value / WIDTH;
            squares += value * value / WIDTH;
        }
        double deviation = Math.sqrt(squares - mean * mean + eps);
        double[] normed = new double[WIDTH];
        for (int c = 0; c < WIDTH; c++) {
            normed[c] = (x[c] - mean) / deviation * weight[c] + bias[c];
        }
        return normed;
    }

    private static float[] head(Checkpoint checkpoint, double[] x) throws Exception {
        double[] sums = checkpoint.vector("visual.trunk.head.bias", EMBEDDING_SIZE);
        float[] weights = checkpoint.read("visual.trunk.head.weight", EMBEDDING_SIZE, WIDTH);
        double squares = 0;
        for (int o = 0; o < EMBEDDING_SIZE; o++) {
            for (int c = 0; c < WIDTH; c++) {
                sums[o] += weights[o * WIDTH + c] * x[c];
            }
            squares += sums[o] * sums[o];
        }
        float[] unit = new float[EMBEDDING_SIZE];
        for (int o = 0; o < EMBEDDING_SIZE; o++) {
            unit[o] = (float) (sums[o] / Math.sqrt(squares));
        }
        return unit;
    }

    @Test
    void positionsThatMakeNoSquareAreNamed() throws Exception {
        List<String> tensors = tensors(true, 0);
        tensors.replaceAll(t -> t.replace("1x9x64", "1x8x64"));
        try (Safetensors file = Safetensors.open(TestingModels.weights(folder, tensors))) {
            Checkpoint checkpoint = new Checkpoint(file, (part, fraction) -> {});
            assertThatThrownBy(() -> VitTower.imageSize(checkpoint))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("has 8 positions, no square of patches");
        }
    }
}
