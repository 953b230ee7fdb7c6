package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TestingModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelImporterTest {

    @TempDir Path work;
    private Path output;

    @BeforeEach
    void output() throws Exception {
        output = Files.createDirectory(work.resolve("models")).resolve("tiny");
    }

    private static ModelFolder run(ImportRequest request) throws ModelException {
        return ModelImporter.importModel(request, (part, fraction) -> {});
    }

    private void refused(ImportRequest request, String... parts) throws Exception {
        assertThatThrownBy(() -> run(request))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
        try (Stream<Path> left = Files.list(output.getParent())) {
            assertThat(left.filter(p -> p.getFileName().toString().startsWith("."))).isEmpty();
        }
    }

    private ImportRequest with(String architecture, ImageSize size) throws Exception {
        return new ImportRequest(
                architecture,
                TestingModels.weights(work),
                TestingModels.tokenizer(work),
                size,
                null,
                output);
    }

    private ImportRequest with(List<String> tensors) throws Exception {
        Path weights = TestingModels.weights(work, tensors);
        return new ImportRequest(
                "nano", weights, TestingModels.tokenizer(work), null, null, output);
    }

    @Test
    void progressGrowsToTheWhole() throws Exception {
        List<Double> fractions = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        ModelImporter.importModel(
                TestingModels.request(work, output),
                (part, fraction) -> {
                    fractions.add(fraction);
                    parts.add(part);
                });
        assertThat(fractions).isSorted().last().isEqualTo(1.0);
        assertThat(parts).contains("image encoder", "text encoder", "hashes");
    }

    @Test
    void importsAreReproducible() throws Exception {
        ModelFolder first = run(TestingModels.request(work, output));
        ModelFolder second = run(TestingModels.request(work, output.resolveSibling("again")));
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void theArchitectureGivesWhatTheUserDoesNot() throws Exception {
        ModelFolder model = run(with("nano", null));
        assertThat(model.manifest().imageSize()).isEqualTo(new ImageSize(128, 128));
        assertThat(model.manifest().name()).isEqualTo("nano");
        assertThat(model.manifest().mean()).containsExactly(0f, 0f, 0f);
    }

    @Test
    void anImportReplacesAModelButNothingElse() throws Exception {
        ModelFolder first = run(with("nano", new ImageSize(64, 64)));
        ModelFolder second = run(with("nano", new ImageSize(32, 32)));
        assertThat(second.path()).isEqualTo(first.path());
        assertThat(second.manifest().imageSize()).isEqualTo(new ImageSize(32, 32));
        Files.delete(output.resolve("model.json"));
        refused(with("nano", new ImageSize(32, 32)), "exists and is no model folder");
        assertThat(output.resolve("image.onnx")).exists();
    }

    @Test
    void anEmptyFolderMayBeTheOutput() throws Exception {
        Files.createDirectory(output);
        assertThat(run(with("nano", null)).path()).isEqualTo(output.toRealPath());
    }

    @Test
    void whatAKilledImportLeftIsClearedAfterADay() throws Exception {
        Path parent = output.getParent();
        Path old = Files.createDirectory(parent.resolve(".tiny-importing-old"));
        Files.writeString(old.resolve("image.onnx.data"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path young = Files.createDirectory(parent.resolve(".tiny-importing-young"));
        run(with("nano", null));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @ParameterizedTest
    @CsvSource({"33,32", "32,48", "100,100"})
    void imageSizesMustFitTheStages(int width, int height) throws Exception {
        refused(
                with("nano", new ImageSize(width, height)),
                "image size (" + width + "x" + height + ") must be a multiple of 32");
        assertThat(output).doesNotExist();
    }

    @Test
    void fiveStagesNeedMultiplesOf64AndNoSquare() throws Exception {
        List<String> tensors = TestingModels.tensors();
        for (String tensor : List.copyOf(tensors)) {
            if (tensor.startsWith("visual.trunk.stages.3.")) {
                tensors.add(tensor.replace("stages.3.", "stages.4."));
            }
        }
        Path weights = TestingModels.weights(work, tensors);
        Path tokenizer = TestingModels.tokenizer(work);
        ImageSize odd = new ImageSize(128, 96);
        refused(
                new ImportRequest("nano", weights, tokenizer, odd, null, output),
                "image size (128x96) must be a multiple of 64");
        ImageSize wide = new ImageSize(192, 64);
        ModelFolder model = run(new ImportRequest("nano", weights, tokenizer, wide, null, output));
        EncoderOptions options = EncoderOptions.defaults().withIntraOpThreads(1);
        try (ImageEncoder encoder = ImageEncoder.open(model, options)) {
            assertThat(encoder.encode(encoder.newBatch(2), 2)).hasDimensions(2, 16);
        }
    }

    @Test
    void aCheckpointOfAnotherArchitectureIsToldApart() throws Exception {
        refused(with("MobileCLIP2-S0", null), "has [1, 1, 1, 1] layers", "MobileCLIP2-S0");
        refused(with("MobileCLIP2-S9", null), "'MobileCLIP2-S9' is not known", "MobileCLIP2-S3");
        refused(with("MobileCLIP-S0", null), "'MobileCLIP-S0' is not known", "MobileCLIP-S1");
    }

    @Test
    void imageTowersOfOtherKindsAreNamed() throws Exception {
        refused(with("MobileCLIP2-B", null), "has a FastViT for an image tower", "MobileCLIP2-B");
        List<String> tensors = TestingModels.tensors();
        tensors.add("visual.trunk.patch_embed.proj.weight\tfloat32\t8x3x14x14");
        refused(with(tensors), "has a ViT for an image tower (visual.trunk.patch_embed.*)");
        tensors.set(tensors.size() - 1, "visual.conv1.weight\tfloat32\t8x3x14x14");
        refused(with(tensors), "in OpenAI's layout (visual.conv1.*)");
    }

    @Test
    void missingAndUnknownTensorsAreNamed() throws Exception {
        for (String name :
                List.of(
                        "visual.trunk.stem.0.conv_kxk.0.bn.bias",
                        "visual.trunk.stages.3.blocks.0.token_mixer.proj.bias",
                        "text.ln_final.weight",
                        "logit_scale")) {
            List<String> tensors = TestingModels.tensors();
            assertThat(tensors.removeIf(t -> t.startsWith(name + "\t"))).isTrue();
            refused(with(tensors), "has no tensor " + name);
        }
        List<String> tensors = TestingModels.tensors();
        tensors.add("visual.trunk.stages.0.surprise\tfloat32\t3");
        refused(
                with(tensors),
                "1 tensors that the importer does not know",
                "visual.trunk.stages.0.surprise");
    }

    @Test
    void tensorsOfTheWrongShapeAreNamed() throws Exception {
        List<String> tensors = TestingModels.tensors();
        tensors.replaceAll(
                t -> t.replace("head.fc.bias\tfloat32\t16", "head.fc.bias\tfloat32\t17"));
        refused(with(tensors), "tensor visual.trunk.head.fc.bias of shape [17], not [16]");
    }

    @Test
    void aBadTokenizerIsFoundBeforeTheWork() throws Exception {
        Path bad = Files.writeString(work.resolve("bad.json"), "{\"model\": {\"type\": \"BPE\"}}");
        ImportRequest request =
                new ImportRequest("nano", TestingModels.weights(work), bad, null, null, output);
        refused(request, "is not a Hugging Face tokenizer.json");
    }
}
