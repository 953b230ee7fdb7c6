package io.frametag.models;

import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Resampling;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What {@code model.json} says about a model.
 *
 * @param name what users call the model, such as {@code MobileCLIP2-S3}
 * @param architecture what the encoders are, such as {@code MobileCLIP2-S3}
 * @param imageSize of the image encoder's input
 * @param mean per channel, R G B, on the scale [0, 1]
 * @param std standard deviation per channel, R G B, on the scale [0, 1]
 * @param resize filter used for resizing pictures
 * @param embeddingSize length of an embedding
 * @param temperature the learned factor that cosines are multiplied by before a softmax
 * @param precision of the weights, such as {@code fp32}
 * @param sha256 hash of each file of the model, lower-case hexadecimal, by file name
 */
public record ModelManifest(
        String name,
        String architecture,
        ImageSize imageSize,
        List<Float> mean,
        List<Float> std,
        Resampling resize,
        int embeddingSize,
        float temperature,
        String precision,
        Map<String, String> sha256) {

    /** Name of the manifest in a model folder. */
    public static final String FILE = "model.json";

    /** The layout of model folders that this version writes. */
    public static final int FORMAT_VERSION = 1;

    public ModelManifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(precision, "precision");
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be empty");
        }
        if (embeddingSize < 1) {
            throw new IllegalArgumentException("embeddingSize (" + embeddingSize + ") must be > 0");
        }
        if (!(temperature > 0) || Float.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature (" + temperature + ") must be > 0");
        }
        new Preprocessing(imageSize, resize, mean, std);
    }

    /** What has to be done to a picture before the image encoder sees it. */
    public Preprocessing preprocessing() {
        return new Preprocessing(imageSize, resize, mean, std);
    }

    ModelManifest withSha256(Map<String, String> hashes) {
        return new ModelManifest(
                name,
                architecture,
                imageSize,
                mean,
                std,
                resize,
                embeddingSize,
                temperature,
                precision,
                hashes);
    }
}
