package io.frametag.models.importer;

import io.frametag.models.ImageSize;
import io.frametag.models.Precision;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to import.
 *
 * @param architecture name of the architecture, such as {@code MobileCLIP2-S3}
 * @param weights the checkpoint, safetensors in OpenCLIP's layout
 * @param tokenizer the {@code tokenizer.json} published with it
 * @param imageSize of the image encoder's input; null for the architecture's own
 * @param name of the model; null for the architecture's name
 * @param output the model folder to write
 * @param precision of both encoders
 */
public record ImportRequest(
        String architecture,
        Path weights,
        Path tokenizer,
        @Nullable ImageSize imageSize,
        @Nullable String name,
        Path output,
        Precision precision) {

    /** A request in float32. */
    public ImportRequest(
            String architecture,
            Path weights,
            Path tokenizer,
            @Nullable ImageSize imageSize,
            @Nullable String name,
            Path output) {
        this(architecture, weights, tokenizer, imageSize, name, output, Precision.FP32);
    }

    /** This request in another precision. */
    public ImportRequest withPrecision(Precision other) {
        return new ImportRequest(architecture, weights, tokenizer, imageSize, name, output, other);
    }
}
