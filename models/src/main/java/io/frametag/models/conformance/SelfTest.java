package io.frametag.models.conformance;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TextEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a model works at all, without a reference: both encoders load on this machine and give
 * embeddings that are finite, of unit length, and not the same for everything.
 */
public final class SelfTest {

    private static final List<String> TEXTS = List.of("a photo of a dog", "an empty street");
    private static final int PATTERNS = 2;
    private static final double TOLERANCE = 1e-3;

    private SelfTest() {}

    /**
     * Encodes a few pictures and texts. Takes as long as loading the model does.
     *
     * @throws ModelException naming the encoder that fails and how
     */
    public static void run(ModelFolder model, EncoderOptions options) throws ModelException {
        try (ImageEncoder encoder = ImageEncoder.open(model, options)) {
            ImageBatch batch = encoder.newBatch(PATTERNS);
            for (int i = 0; i < PATTERNS; i++) {
                new SyntheticPicture(i, model.manifest().imageSize())
                        .write(model.manifest().preprocessing(), batch.slot(i));
            }
            check("image encoder", encoder.encode(batch, PATTERNS));
        }
        try (TextEncoder encoder = TextEncoder.open(model, options)) {
            check("text encoder", encoder.encode(TEXTS));
        }
    }

    static void check(String encoder, float[][] embeddings) throws ModelException {
        for (float[] embedding : embeddings) {
            double squares = 0;
            for (float value : embedding) {
                squares += (double) value * value;
            }
            double length = Math.sqrt(squares);
            // Not a number is not close to anything.
            if (!(Math.abs(length - 1) <= TOLERANCE)) {
                throw failed(encoder, "gives an embedding of length " + length + ", not 1");
            }
        }
        for (int i = 1; i < embeddings.length; i++) {
            if (Arrays.equals(embeddings[0], embeddings[i])) {
                throw failed(encoder, "gives the same embedding for different inputs");
            }
        }
    }

    private static ModelException failed(String encoder, String reason) {
        return new ModelException(
                "self-test: the "
                        + encoder
                        + " "
                        + reason
                        + "; the checkpoint may be broken, import another");
    }
}
