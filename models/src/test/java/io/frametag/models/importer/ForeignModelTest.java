package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelManifest;
import io.frametag.models.TestingModels;
import io.frametag.models.TextEncoder;
import io.frametag.models.picture.Resampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model folders that others exported: other names, int32 ids, outputs not normalised. */
final class ForeignModelTest {

    private static final EncoderOptions OPTIONS = EncoderOptions.defaults().withIntraOpThreads(1);

    @TempDir Path folder;

    private ModelFolder seal(int embeddingSize) throws Exception {
        Files.move(TestingModels.tokenizer(folder), folder.resolve("tokenizer.json"));
        ModelFolder.seal(
                folder,
                new ModelManifest(
                        "theirs",
                        "custom",
                        new ImageSize(4, 2),
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f),
                        Resampling.BICUBIC,
                        embeddingSize,
                        20,
                        "fp32",
                        Map.of()));
        return ModelFolder.open(folder);
    }

    private void writeGraphs() throws Exception {
        try (OnnxGraph graph = new OnnxGraph("i", folder.resolve("image.onnx"))) {
            String input = graph.input("pixel_values", TensorProto.DataType.FLOAT, 3, 2, 4);
            String means =
                    graph.node(
                            "ReduceMean",
                            List.of(input, graph.longs(2, 3)),
                            OnnxGraph.attribute("keepdims", 0));
            graph.output(means, "image_embeds", 3);
            graph.write();
        }
        try (OnnxGraph graph = new OnnxGraph("t", folder.resolve("text.onnx"))) {
            String input = graph.input("ids", TensorProto.DataType.INT32, 77);
            String numbers = graph.node("Cast", List.of(input), OnnxGraph.attribute("to", 1));
            double[] weights = new double[77 * 3];
            weights[0] = 1;
            weights[4] = 1;
            weights[8] = 1;
            String matrix = graph.floats("w", weights, 77, 3);
            graph.output(graph.node("MatMul", List.of(numbers, matrix)), "text_embeds", 3);
            graph.write();
        }
    }

    @Test
    void theirModelsWork() throws Exception {
        writeGraphs();
        ModelFolder model = seal(3);
        try (ImageEncoder images = ImageEncoder.open(model, OPTIONS);
                TextEncoder texts = TextEncoder.open(model, OPTIONS)) {
            var batch = images.newBatch(1);
            batch.slot(0).put(0, 8 * 3f).put(8, 8 * 4f);
            assertThat(images.encode(batch, 1)[0]).containsExactly(0.6f, 0.8f, 0f);
            // The ids of start, "a" and end.
            double length = Math.sqrt(512 * 512 + 353 * 353 + 513 * 513);
            float[] expected = {
                (float) (512 / length), (float) (353 / length), (float) (513 / length)
            };
            assertThat(texts.encode(List.of("A"))[0]).containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void aManifestThatDoesNotFitTheGraphIsToldWithTheMend() throws Exception {
        writeGraphs();
        ModelFolder model = seal(5);
        assertThatThrownBy(() -> ImageEncoder.open(model, OPTIONS))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("no output of shape [batch, 5]", "image_embeds");
    }

    @Test
    void swappedGraphsAreFound() throws Exception {
        writeGraphs();
        Files.move(folder.resolve("image.onnx"), folder.resolve("x"));
        Files.move(folder.resolve("text.onnx"), folder.resolve("image.onnx"));
        Files.move(folder.resolve("x"), folder.resolve("text.onnx"));
        ModelFolder model = seal(3);
        assertThatThrownBy(() -> ImageEncoder.open(model, OPTIONS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("correct imageSize");
        assertThatThrownBy(() -> TextEncoder.open(model, OPTIONS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("not int64 or int32 [batch, 77]");
    }
}
