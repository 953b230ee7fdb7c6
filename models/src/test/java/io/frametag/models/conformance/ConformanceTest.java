package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs the shared reference folder; skipped where it is absent. */
class ConformanceTest {

    /** Under the build folder, so that a second run finds the checkpoints and models. */
    private static final Path WORK = Path.of("target", "conformance");

    @ParameterizedTest
    @ValueSource(strings = {"MobileCLIP2-S0", "MobileCLIP2-S2", "MobileCLIP2-S3", "MobileCLIP2-S4"})
    void modelAgreesWithTheReference(String model) throws Exception {
        Path shared = Path.of(System.getProperty("frametag.shared", "../shared"));
        assumeThat(shared.resolve("reference"))
                .as("the shared reference folder (-Dframetag.shared=DIR)")
                .isDirectory();
        List<ConformanceRow> rows = new ArrayList<>();
        Conformance.run(
                shared,
                WORK,
                List.of(model),
                row -> {
                    System.out.println(row);
                    rows.add(row);
                });
        assertThat(rows).hasSizeGreaterThan(2).allMatch(ConformanceRow::passed);
    }
}
