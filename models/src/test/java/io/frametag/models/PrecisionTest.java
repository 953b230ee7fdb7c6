package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrecisionTest {

    @TempDir Path folder;

    @Test
    void namesAreThoseOfManifests() throws ModelException {
        for (Precision precision : Precision.values()) {
            assertThat(Precision.named(precision.id())).isEqualTo(precision);
        }
    }

    @Test
    void halfPrecisionIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Precision.named("fp16"))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "precision 'fp16' serves GPUs only, and can't be imported yet; take"
                                + " fp32, or int8 for a CPU with VNNI or AMX");
        assertThatThrownBy(() -> Precision.named("int4")).hasMessageContaining("is not known");
    }

    @Test
    void int8IsRefusedForModelsOfTheOtherKind() throws Exception {
        ImportRequest request =
                new ImportRequest(
                                "MobileCLIP2-B",
                                TestingModels.weights(folder),
                                TestingModels.tokenizer(folder),
                                null,
                                null,
                                folder.resolve("vit"))
                        .withPrecision(Precision.INT8);
        assertThatThrownBy(() -> ModelImporter.importModel(request, (part, fraction) -> {}))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "precision int8 is for models of the S series; import MobileCLIP2-B in fp32");
        assertThat(folder.resolve("vit")).doesNotExist();
    }

    @Test
    void int8AgreesWithFp32() throws Exception {
        ModelFolder fp32 = TestingModels.create(folder);
        ModelFolder int8 =
                ModelImporter.importModel(
                        TestingModels.request(folder, folder.resolve("int8"))
                                .withPrecision(Precision.INT8),
                        (part, fraction) -> {});
        assertThat(int8.manifest().precision()).isEqualTo("int8");
        assertThat(int8.id()).isNotEqualTo(fp32.id());
        float[][] expected = embeddings(fp32);
        float[][] found = embeddings(int8);
        for (int i = 0; i < expected.length; i++) {
            double cosine = 0;
            for (int j = 0; j < expected[i].length; j++) {
                cosine += (double) expected[i][j] * found[i][j];
            }
            assertThat(cosine).as("picture %d", i).isBetween(0.99, 0.9999999);
        }
        // The text encoder stays as it is.
        assertThat(Files.readAllBytes(int8.textGraph()))
                .isEqualTo(Files.readAllBytes(fp32.textGraph()));
    }

    private static float[][] embeddings(ModelFolder model) throws ModelException {
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(2);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; batch.slot(i).capacity() > j; j++) {
                    batch.slot(i).put(j, (float) Math.abs(Math.sin(j * (i + 1) / 9.0)));
                }
            }
            return encoder.encode(batch, 2);
        }
    }
}
