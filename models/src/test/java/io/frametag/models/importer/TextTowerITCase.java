package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.conformance.SharedReference;
import io.frametag.models.conformance.SyntheticCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The causal text tower, which only models have whose image tower is not imported yet. */
final class TextTowerITCase {

    @TempDir Path folder;

    @Test
    void causalAttentionAgreesWithTheReference() throws Exception {
        Path reference = SharedReference.folder().resolve("reference");
        Path graphFile = folder.resolve("text.onnx");
        writeGraph(reference.resolve("checkpoints/MobileCLIP2-B.tsv"), graphFile);
        byte[] bytes = Files.readAllBytes(reference.resolve("embeddings/MobileCLIP2-B.json"));
        JsonNode text = new ObjectMapper().readTree(bytes).path("texts").path(0);
        long[][] ids = new long[1][77];
        Arrays.setAll(ids[0], i -> text.path("input_ids").path(i).asLong());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(graphFile.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, ids);
                OrtSession.Result result = session.run(Map.of("input_ids", input))) {
            float[] found = ((float[][]) result.get(0).getValue())[0];
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i])
                        .isCloseTo(text.path("embedding").path(i).asDouble(), within(1e-4));
            }
        }
    }

    private void writeGraph(Path tensors, Path graphFile) throws Exception {
        List<String> ofTheText =
                Files.readAllLines(tensors).stream()
                        .filter(line -> line.startsWith("name") || line.startsWith("text."))
                        .toList();
        Path list = Files.write(folder.resolve("text.tsv"), ofTheText);
        Path weights = folder.resolve("text.safetensors");
        SyntheticCheckpoint.write(list, weights);
        try (Safetensors file = Safetensors.open(weights);
                OnnxGraph graph = new OnnxGraph("text", graphFile)) {
            Checkpoint checkpoint = new Checkpoint(file, (part, fraction) -> {});
            new TextTower(checkpoint, graph).write(true, 512);
            graph.write();
            checkpoint.checkAllUsed();
        }
    }
}
