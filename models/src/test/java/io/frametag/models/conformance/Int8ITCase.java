package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelFolder;
import io.frametag.models.Precision;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings in int8 against those in fp32: photographs, frames of videos, texts. */
final class Int8ITCase {

    /** Not the system's temporary folder, which may be memory: S4 takes six gigabytes. */
    private static final Path WORK = Path.of("target", "int8");

    @AfterEach
    void deleteModels() throws Exception {
        try (Stream<Path> files = Files.walk(WORK)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MobileCLIP2-S0", "MobileCLIP2-S3", "MobileCLIP2-S4"})
    void staysCloseToFp32(String model) throws Exception {
        Path shared = SharedReference.folder();
        Files.createDirectories(WORK);
        ModelFolder fp32 = importModel(shared, model, Precision.FP32);
        ModelFolder int8 = importModel(shared, model, Precision.INT8);
        List<ConformanceRow> rows = new ArrayList<>();
        new PrecisionConformance(fp32, int8, rows::add)
                .compare(
                        new PictureConformance(shared, row -> {}).photographs(),
                        VideoPictures.of(shared.resolve("video")));
        rows.forEach(System.out::println);
        assertThat(rows).hasSize(12).allMatch(ConformanceRow::passed);
    }

    private static ModelFolder importModel(Path shared, String model, Precision precision)
            throws Exception {
        Path weights = WORK.resolve(model + ".safetensors");
        SyntheticCheckpoint.write(
                shared.resolve("reference/checkpoints").resolve(model + ".tsv"), weights);
        Path output = WORK.resolve(model + "-" + precision.id());
        Path tokenizer = shared.resolve("clip/tokenizer.json");
        return ModelImporter.importModel(
                new ImportRequest(model, weights, tokenizer, null, null, output)
                        .withPrecision(precision),
                (part, fraction) -> {});
    }
}
