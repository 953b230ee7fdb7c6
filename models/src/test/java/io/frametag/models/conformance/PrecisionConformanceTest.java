package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ModelFolder;
import io.frametag.models.Precision;
import io.frametag.models.TestingModels;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.picture.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrecisionConformanceTest {

    @TempDir Path folder;

    @Test
    void kendallCountsPairs() {
        double[] rising = {1, 2, 3};
        assertThat(PrecisionConformance.kendall(rising, new double[] {0, 5, 9})).isEqualTo(1);
        assertThat(PrecisionConformance.kendall(rising, new double[] {3, 2, 1})).isEqualTo(-1);
        assertThat(PrecisionConformance.kendall(rising, new double[] {1, 3, 2}))
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void comparesTextsThenPictures() throws Exception {
        ModelFolder fp32 = TestingModels.create(folder);
        ModelFolder int8 =
                ModelImporter.importModel(
                        TestingModels.request(folder, folder.resolve("int8"))
                                .withPrecision(Precision.INT8),
                        (part, fraction) -> {});
        List<ConformanceRow> rows = new ArrayList<>();
        Picture picture = noise();
        new PrecisionConformance(fp32, int8, rows::add).compare(List.of(picture), List.of());
        assertThat(rows)
                .extracting(ConformanceRow::what)
                .containsExactly(
                        "int8 100 prompts, mean",
                        "int8 100 prompts, worst",
                        "int8 12 other texts, mean",
                        "int8 12 other texts, worst",
                        "int8 1 photographs, mean",
                        "int8 1 photographs, worst",
                        "int8 photographs, fp32 prompts",
                        "int8 photographs, own prompts");
        assertThat(rows).allSatisfy(row -> assertThat(row.value()).isBetween(0.7, 1.000001));
    }

    private static Picture noise() {
        byte[] rgb = new byte[3 * 64 * 32];
        new Random(1).nextBytes(rgb);
        return new Picture(64, 32, rgb);
    }
}
