package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrecisionTest {

    @TempDir Path folder;

    @Test
    void namesAreThoseOfManifests() throws ModelException {
        for (Precision precision : Precision.values()) {
            assertThat(Precision.named(precision.id())).isEqualTo(precision);
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Precision.named("int4"))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "precision 'int4' is not known; take fp32, fp16 for a GPU, or int8 for a CPU"
                                + " with VNNI or AMX");
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
                        "precision int8 is for models of the S series; import MobileCLIP2-B in fp32"
                                + " or fp16");
        assertThat(folder.resolve("vit")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"INT8, 0.99", "FP16, 0.999"})
    void agreesWithFp32(Precision precision, double leastCosine) throws Exception {
        ModelFolder fp32 = TestingModels.create(folder);
        ModelFolder other =
                ModelImporter.importModel(
                        TestingModels.request(folder, folder.resolve("other"))
                                .withPrecision(precision),
                        (part, fraction) -> {});
        assertThat(other.manifest().precision()).isEqualTo(precision.id());
        assertThat(other.id()).isNotEqualTo(fp32.id());
        assertClose("picture", embeddings(fp32), embeddings(other), leastCosine);
        assertClose("text", texts(fp32), texts(other), leastCosine);
    }

    private static void assertClose(
            String what, float[][] expected, float[][] found, double leastCosine) {
        for (int i = 0; i < expected.length; i++) {
            double cosine = 0;
            for (int j = 0; j < expected[i].length; j++) {
                cosine += (double) expected[i][j] * found[i][j];
            }
            // Equal ones would be of the same graph.
            assertThat(found[i]).as("%s %d", what, i).isNotEqualTo(expected[i]);
            assertThat(cosine).as("%s %d", what, i).isBetween(leastCosine, 1.000001);
        }
    }

    @Test
    void weightsShrinkWithThePrecision() throws Exception {
        long fp32 = textBytes(Precision.FP32);
        assertThat(textBytes(Precision.FP16)).isLessThan((long) (0.6 * fp32));
        assertThat(textBytes(Precision.INT8)).isLessThan((long) (0.6 * fp32));
    }

    private long textBytes(Precision precision) throws Exception {
        ModelFolder model =
                ModelImporter.importModel(
                        TestingModels.request(folder, folder.resolve(precision.id()))
                                .withPrecision(precision),
                        (part, fraction) -> {});
        return Files.size(model.path().resolve("text.onnx.data"));
    }

    private static float[][] texts(ModelFolder model) throws ModelException {
        try (TextEncoder encoder = TextEncoder.open(model, EncoderOptions.defaults())) {
            return encoder.encode(List.of("a dog", "two red cars at night"));
        }
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
