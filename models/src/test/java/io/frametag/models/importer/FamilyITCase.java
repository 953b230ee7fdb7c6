package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.conformance.SharedReference;
import io.frametag.models.conformance.SyntheticCheckpoint;
import io.frametag.models.picture.Resampling;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Members of the family that the reference has no embeddings of, and what ViTs refuse. */
final class FamilyITCase {

    private static final Pattern BLOCK =
            Pattern.compile("(visual\\.trunk\\.stages\\.(\\d)\\.blocks\\.)0(\\..*)");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path work;

    private Path checkpoint(String name, List<String> lines) throws Exception {
        Path list = Files.write(work.resolve(name + ".tsv"), lines);
        Path file = work.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(list, file);
        return file;
    }

    private static List<String> tensors(String model) throws Exception {
        Path lists = SharedReference.folder().resolve("reference/checkpoints");
        return Files.readAllLines(lists.resolve(model + ".tsv"));
    }

    private ImportRequest request(String architecture, Path weights, ImageSize size) {
        Path tokenizer = SharedReference.folder().resolve("clip/tokenizer.json");
        return new ImportRequest(
                architecture, weights, tokenizer, size, null, work.resolve(architecture));
    }

    /** The first generation's S1 is S0 with more blocks. */
    private static List<String> tensorsOfS1() throws Exception {
        int[] layers = {4, 12, 20, 4};
        List<String> lines = new ArrayList<>();
        for (String line : tensors("MobileCLIP2-S0")) {
            Matcher block = BLOCK.matcher(line);
            if (block.matches()) {
                for (int i = 0; i < layers[Integer.parseInt(block.group(2))]; i++) {
                    lines.add(block.group(1) + i + block.group(3));
                }
            } else if (!line.contains(".blocks.") || line.startsWith("text.")) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void theFirstGenerationsS1RunsAtAnySizeOfMultiplesOf32() throws Exception {
        Path weights = checkpoint("S1", tensorsOfS1());
        ImageSize wide = new ImageSize(160, 96);
        ModelFolder model =
                ModelImporter.importModel(
                        request("MobileCLIP-S1", weights, wide), (part, fraction) -> {});
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(2);
            Random random = new Random(1);
            for (int i = 0; i < 2; i++) {
                FloatBuffer slot = batch.slot(i);
                while (slot.hasRemaining()) {
                    slot.put(random.nextFloat());
                }
            }
            float[][] embeddings = encoder.encode(batch, 2);
            assertThat(embeddings).hasDimensions(2, 512);
            assertThat(embeddings[0]).isNotEqualTo(embeddings[1]);
        }
        assertThat(model.manifest().resize()).isEqualTo(Resampling.BILINEAR);
    }

    @Test
    void vitsRefuseEverySizeButTheirOwn() throws Exception {
        Path weights = checkpoint("B", tensors("MobileCLIP2-B"));
        ImportRequest request = request("MobileCLIP-B", weights, new ImageSize(256, 256));
        assertThatThrownBy(() -> ModelImporter.importModel(request, (part, fraction) -> {}))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "image size (256x256) must be 224x224 for MobileCLIP-B, whose positions are"
                                + " learned for it");
        assertThat(work.resolve("MobileCLIP-B")).doesNotExist();
    }
}
