package io.frametag.models.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.ModelException;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks everything that turns pictures and texts into embeddings against the reference vectors:
 * tokenizer, encoders and preprocessing. Rows come as they are known. Runs for minutes; the work
 * folder keeps the synthetic checkpoints and imported models, some gigabytes, for the next run.
 */
public final class Conformance {

    private final Path sharedDir;
    private final Path workDir;
    private final Consumer<ConformanceRow> rows;

    private Conformance(Path sharedDir, Path workDir, Consumer<ConformanceRow> rows) {
        this.sharedDir = sharedDir;
        this.workDir = workDir;
        this.rows = rows;
    }

    /**
     * Runs all checks.
     *
     * @param sharedDir the folder with {@code reference} and {@code clip}
     * @param workDir created if missing
     * @throws ModelException if reference or work folder can't be used; a comparison that fails is
     *     a row, not an exception
     */
    public static void run(Path sharedDir, Path workDir, Consumer<ConformanceRow> rows)
            throws ModelException {
        run(sharedDir, workDir, models(sharedDir), rows);
    }

    /** Runs the checks, of encoders only those of the models named. */
    public static void run(
            Path sharedDir, Path workDir, List<String> models, Consumer<ConformanceRow> rows)
            throws ModelException {
        try {
            Files.createDirectories(workDir);
            Conformance conformance = new Conformance(sharedDir, workDir, rows);
            conformance.tokenizer();
            new PictureConformance(sharedDir, rows).crops();
            for (String model : models) {
                new EncoderConformance(sharedDir, workDir, model, rows).run();
            }
        } catch (IOException e) {
            throw new ModelException("conformance can't run: " + e, e);
        }
    }

    /** The models that the reference has embeddings of and the importer can import. */
    public static List<String> models(Path sharedDir) throws ModelException {
        Path embeddings = sharedDir.resolve("reference/embeddings");
        try (Stream<Path> files = Files.list(embeddings)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(ModelImporter.architectures()::contains)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelException("reference " + embeddings + " can't be read: " + e, e);
        }
    }

    private void tokenizer() throws IOException, ModelException {
        JsonNode vectors =
                new ObjectMapper()
                        .readTree(
                                Files.readAllBytes(sharedDir.resolve("reference/tokenizer.json")));
        int equal = 0;
        try (ClipTokenizer tokenizer =
                ClipTokenizer.open(sharedDir.resolve("clip/tokenizer.json"))) {
            for (JsonNode vector : vectors) {
                int[] expected = new int[vector.path("input_ids").size()];
                Arrays.setAll(expected, i -> vector.path("input_ids").path(i).asInt());
                int[] found = tokenizer.encode(vector.path("text").asText());
                equal += Arrays.equals(found, expected) ? 1 : 0;
            }
        }
        rows.accept(
                new ConformanceRow(
                        "tokenizer",
                        "texts with equal ids",
                        "count",
                        equal,
                        vectors.size(),
                        equal == vectors.size()));
    }
}
