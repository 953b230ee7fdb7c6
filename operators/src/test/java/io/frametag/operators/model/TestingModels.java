package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Encoders that need no model: a frame's bytes are a word, and the word as a text lies at the same
 * place as the frame. Travels with a job.
 *
 * @param name of the model; equal names share an encoder
 */
public record TestingModels(String name) implements EncoderModels {

    /** Length of the vectors. */
    public static final int SIZE = 32;

    /** A word that can't be decoded. */
    public static final String CORRUPT = "corrupt";

    /** A model that can't be opened. */
    public static final String UNUSABLE = "unusable";

    /** A text that can't be encoded. */
    public static final String UNSPEAKABLE = "unspeakable";

    @Override
    public ImageModel openImageModel() throws ModelException {
        if (name.equals(UNUSABLE)) {
            throw new ModelException("no model 'unusable'");
        }
        return new TestingImageModel(id());
    }

    @Override
    public TextModel openTextModel() throws ModelException {
        if (name.equals(UNUSABLE)) {
            throw new ModelException("no model 'unusable'");
        }
        return new TestingTextModel(id());
    }

    public ModelId id() {
        return new ModelId(name, "000000000000");
    }

    /** A frame that shows that word. */
    public static Frame frame(String stream, long sequence, String word) {
        return Frame.compressed(
                stream,
                sequence,
                sequence * 40,
                sequence * 40,
                PictureCodec.JPEG,
                word.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a word lies: of unit length, nearly orthogonal to other words, the same every time. */
    public static float[] vector(ModelId model, String word) {
        Random random = new Random(31L * model.name().hashCode() + word.hashCode());
        double[] values = random.doubles(SIZE, -1, 1).toArray();
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        float[] vector = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) (values[i] / Math.sqrt(squares));
        }
        return vector;
    }
}
