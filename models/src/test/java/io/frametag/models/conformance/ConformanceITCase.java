package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.Precision;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All comparisons with the shared reference, each model from its synthetic checkpoint. */
final class ConformanceITCase {

    private static final Logger LOG = LoggerFactory.getLogger(ConformanceITCase.class);

    /** Not the system's temporary folder, which may be memory: S4 takes four gigabytes. */
    private static final Path WORK = Path.of("target", "conformance");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MobileCLIP2-S0",
                "MobileCLIP2-S2",
                "MobileCLIP2-S3",
                "MobileCLIP2-S4",
                "MobileCLIP2-B",
                "MobileCLIP2-L-14"
            })
    void agreesWithTheReference(String model) throws Exception {
        Path shared = SharedReference.folder();
        List<ConformanceRow> rows = new ArrayList<>();
        try {
            Conformance.run(shared, WORK, List.of(model), rows::add);
        } finally {
            delete(WORK);
        }
        rows.forEach(row -> LOG.info("{}", row));
        assertThat(rows).allMatch(ConformanceRow::passed);
        boolean inInt8 = ModelImporter.supports(model, Precision.INT8);
        assertThat(rows.stream().filter(row -> row.what().startsWith("int8")))
                .hasSize(inInt8 ? 12 : 0);
        assertThat(rows)
                .extracting(ConformanceRow::subject)
                .containsOnly("tokenizer", "preprocessing", model);
    }

    private static void delete(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
