package io.frametag.models.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Compares what the model sees of real pictures with the reference's crops, and its embedding of
 * them with the reference's.
 */
final class PictureConformance {

    private static final double MAX_DIFFERENCE = 1.0;
    private static final double MIN_COSINE = 0.999;

    private final Path folder;
    private final ModelFolder model;
    private final Consumer<ConformanceRow> rows;
    private final boolean compareCrops;

    PictureConformance(
            Path sharedDir,
            ModelFolder model,
            Consumer<ConformanceRow> rows,
            boolean compareCrops) {
        this.folder = sharedDir.resolve("reference/preprocess");
        this.model = model;
        this.rows = rows;
        this.compareCrops = compareCrops;
    }

    /** The size of the reference's crops. */
    static ImageSize size() {
        return new ImageSize(256, 256);
    }

    void run() throws IOException, ModelException {
        JsonNode expected =
                new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("expected.json")));
        try (PictureDecoder decoder = new PictureDecoder();
                ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(1);
            Preprocessor preprocessor = new Preprocessor(model.manifest().preprocessing());
            for (JsonNode row : expected) {
                String input = row.path("input").asText();
                Picture picture = decode(decoder, "inputs/" + input);
                if (compareCrops) {
                    Picture crop = decode(decoder, "crops/" + row.path("crop").asText());
                    difference(input, preprocessor.crop(picture), crop);
                }
                JsonNode embedding = row.path("embeddings").path(model.manifest().name());
                if (!embedding.isMissingNode()) {
                    preprocessor.write(picture, batch.slot(0));
                    compare(input, encoder.encode(batch, 1)[0], embedding);
                }
            }
        }
    }

    private void compare(String input, float[] found, JsonNode embedding) {
        double cosine = EncoderConformance.cosine(found, embedding);
        String what = "picture " + input;
        rows.accept(ConformanceRow.cosine(model.manifest().name(), what, cosine, MIN_COSINE));
    }

    private Picture decode(PictureDecoder decoder, String file) throws IOException, ModelException {
        try {
            return decoder.decode(Files.readAllBytes(folder.resolve(file)), null);
        } catch (PictureException e) {
            throw new ModelException("reference picture " + file + ": " + e.getMessage(), e);
        }
    }

    private void difference(String input, Picture found, Picture expected) {
        long sum = 0;
        boolean sameSize = found.width() == expected.width() && found.height() == expected.height();
        for (int i = 0; sameSize && i < found.rgb().length; i++) {
            sum += Math.abs((found.rgb()[i] & 0xFF) - (expected.rgb()[i] & 0xFF));
        }
        double mean = sameSize ? (double) sum / found.rgb().length : Double.NaN;
        rows.accept(
                new ConformanceRow(
                        "preprocessing",
                        "crop of " + input,
                        "mean difference",
                        mean,
                        MAX_DIFFERENCE,
                        mean <= MAX_DIFFERENCE));
    }
}
