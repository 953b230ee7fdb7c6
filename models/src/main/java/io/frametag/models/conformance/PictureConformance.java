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
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import io.frametag.models.picture.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares what the model sees of real pictures with the reference's crops, and its embedding of
 * them with the reference's.
 */
final class PictureConformance {

    private static final double MAX_DIFFERENCE = 1.0;
    private static final double MIN_COSINE = 0.999;

    /** The size of the reference's crops, and of the models it has embeddings of them from. */
    static final ImageSize SIZE = new ImageSize(256, 256);

    private final Path folder;
    private final Consumer<ConformanceRow> rows;

    PictureConformance(Path sharedDir, Consumer<ConformanceRow> rows) {
        this.folder = sharedDir.resolve("reference/preprocess");
        this.rows = rows;
    }

    /** Compares the crops, which need no model. */
    void crops() throws IOException, ModelException {
        Preprocessor preprocessor =
                new Preprocessor(
                        new Preprocessing(
                                SIZE,
                                Resampling.BILINEAR,
                                List.of(0f, 0f, 0f),
                                List.of(1f, 1f, 1f)));
        try (PictureDecoder decoder = new PictureDecoder()) {
            for (JsonNode row : expected()) {
                String input = row.path("input").asText();
                Picture found = crop(decoder, input, preprocessor);
                Picture crop = decode(decoder, "crops/" + row.path("crop").asText());
                difference(input, found, crop);
            }
        }
    }

    /** Compares the embeddings, where the reference has some of this model. */
    void embeddings(ModelFolder model) throws IOException, ModelException {
        String name = model.manifest().name();
        Preprocessor preprocessor = new Preprocessor(model.manifest().preprocessing());
        try (PictureDecoder decoder = new PictureDecoder();
                ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(1);
            for (JsonNode row : expected()) {
                JsonNode embedding = row.path("embeddings").path(name);
                if (!embedding.isMissingNode()) {
                    String input = row.path("input").asText();
                    preprocessor.write(crop(decoder, input, preprocessor), batch.slot(0));
                    double cosine =
                            EncoderConformance.cosine(encoder.encode(batch, 1)[0], embedding);
                    rows.accept(
                            ConformanceRow.cosine(name, "picture " + input, cosine, MIN_COSINE));
                }
            }
        }
    }

    /** The reference's pictures as they are. */
    List<Picture> photographs() throws IOException, ModelException {
        List<Picture> pictures = new ArrayList<>();
        try (PictureDecoder decoder = new PictureDecoder()) {
            for (JsonNode row : expected()) {
                pictures.add(decode(decoder, "inputs/" + row.path("input").asText()));
            }
        }
        return pictures;
    }

    private JsonNode expected() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("expected.json")));
    }

    /** As the chain makes it. */
    private Picture crop(PictureDecoder decoder, String input, Preprocessor preprocessor)
            throws IOException, ModelException {
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve("inputs/" + input));
            return decoder.crop(bytes, null, preprocessor);
        } catch (PictureException e) {
            throw new ModelException("reference picture " + input + ": " + e.getMessage(), e);
        }
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
