package io.frametag.models.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.Precision;
import io.frametag.models.TextEncoder;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the encoders of one model, imported from its synthetic checkpoint at each picture size
 * that the reference has, with the reference's embeddings.
 */
final class EncoderConformance {

    private static final double MIN_COSINE = 0.9999;

    private final Path sharedDir;
    private final Path workDir;
    private final String model;
    private final Consumer<ConformanceRow> rows;

    EncoderConformance(Path sharedDir, Path workDir, String model, Consumer<ConformanceRow> rows) {
        this.sharedDir = sharedDir;
        this.workDir = workDir;
        this.model = model;
        this.rows = rows;
    }

    void run() throws IOException, ModelException {
        Path reference = sharedDir.resolve("reference/embeddings").resolve(model + ".json");
        JsonNode expected = new ObjectMapper().readTree(Files.readAllBytes(reference));
        boolean textsDone = false;
        for (Map.Entry<ImageSize, List<JsonNode>> images : bySize(expected).entrySet()) {
            ModelFolder folder = importAt(images.getKey());
            compareImages(folder, images.getValue());
            if (!textsDone) {
                compareTexts(folder, expected.path("texts"));
                textsDone = true;
            }
            if (images.getKey().equals(PictureConformance.SIZE)) {
                PictureConformance pictures = new PictureConformance(sharedDir, rows);
                pictures.embeddings(folder);
                comparePrecision(folder, pictures.photographs());
            }
        }
    }

    private static Map<ImageSize, List<JsonNode>> bySize(JsonNode expected) {
        Map<ImageSize, List<JsonNode>> sizes = new LinkedHashMap<>();
        for (JsonNode image : expected.path("images")) {
            ImageSize size =
                    new ImageSize(image.path("width").asInt(), image.path("height").asInt());
            sizes.computeIfAbsent(size, s -> new ArrayList<>()).add(image);
        }
        return sizes;
    }

    /** In int8, where the model can be had so. */
    private void comparePrecision(ModelFolder fp32, List<Picture> photographs)
            throws IOException, ModelException {
        if (ModelImporter.supports(model, Precision.INT8)) {
            ModelFolder int8 = importAt(fp32.manifest().imageSize(), Precision.INT8);
            List<Picture> frames = VideoPictures.of(sharedDir.resolve("video"));
            new PrecisionConformance(fp32, int8, rows).compare(photographs, frames);
        }
    }

    /** The model folder of that size, imported unless the work folder has it. */
    ModelFolder importAt(ImageSize size) throws IOException, ModelException {
        return importAt(size, Precision.FP32);
    }

    private ModelFolder importAt(ImageSize size, Precision precision)
            throws IOException, ModelException {
        Path checkpoint = workDir.resolve(model + ".safetensors");
        String suffix = precision == Precision.FP32 ? "" : "-" + precision.id();
        Path folder = workDir.resolve(model + "-" + size + suffix + "-v" + ModelImporter.VERSION);
        SyntheticCheckpoint.write(
                sharedDir.resolve("reference/checkpoints").resolve(model + ".tsv"), checkpoint);
        Path tokenizer = sharedDir.resolve("clip/tokenizer.json");
        return ModelImporter.importIfAbsent(
                new ImportRequest(model, checkpoint, tokenizer, size, null, folder)
                        .withPrecision(precision),
                (part, fraction) -> {});
    }

    private void compareImages(ModelFolder folder, List<JsonNode> images) throws ModelException {
        ImageSize size = folder.manifest().imageSize();
        try (ImageEncoder encoder = ImageEncoder.open(folder, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(1);
            for (JsonNode image : images) {
                int pattern = image.path("pattern").asInt();
                new SyntheticPicture(pattern, size)
                        .write(folder.manifest().preprocessing(), batch.slot(0));
                report(
                        "image pattern %d %s".formatted(pattern, size),
                        encoder.encode(batch, 1)[0],
                        image.path("embedding"));
            }
        }
    }

    private void compareTexts(ModelFolder folder, JsonNode texts) throws ModelException {
        try (TextEncoder encoder = TextEncoder.open(folder, EncoderOptions.defaults())) {
            for (JsonNode text : texts) {
                String words = text.path("text").asText();
                report(
                        "text '" + words + "'",
                        encoder.encode(List.of(words))[0],
                        text.path("embedding"));
            }
        }
    }

    private void report(String what, float[] found, JsonNode expected) {
        rows.accept(ConformanceRow.cosine(model, what, cosine(found, expected), MIN_COSINE));
    }

    static double cosine(float[] found, JsonNode expected) {
        double dot = 0;
        double foundSquares = 0;
        double expectedSquares = 0;
        for (int i = 0; i < found.length; i++) {
            double e = expected.path(i).asDouble();
            dot += found[i] * e;
            foundSquares += (double) found[i] * found[i];
            expectedSquares += e * e;
        }
        return expected.size() == found.length
                ? dot / Math.sqrt(foundSquares * expectedSquares)
                : Double.NaN;
    }
}
