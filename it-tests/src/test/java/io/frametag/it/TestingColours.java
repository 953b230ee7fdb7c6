package io.frametag.it;

import io.frametag.models.ModelId;
import io.frametag.models.picture.JpegEncoder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.model.FrameReader;
import io.frametag.operators.model.ImageModel;
import io.frametag.operators.model.TextModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A model that sees nothing but the mean colour of a picture and understands nothing but the words
 * red, green and blue, so that a test knows the right tag of every frame. Pictures are truly
 * decoded.
 */
record TestingColours() implements EncoderModels {

    private static final long serialVersionUID = 1L;
    private static final ModelId ID = new ModelId("colours", "c0105c0105c0");
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    /** The prompts that compete for every frame. */
    static List<Prompt> prompts() {
        return COLOURS.stream().map(TestingColours::prompt).toList();
    }

    static Prompt prompt(String colour) {
        return new Prompt(
                colour,
                colour,
                List.of(colour),
                List.of("a {} picture"),
                List.of("a grey picture"),
                "colour",
                0.5,
                Set.of());
    }

    /** The colour, and so the right tag, of the frame of that number. */
    static String colourOf(long sequence) {
        return COLOURS.get((int) (sequence % COLOURS.size()));
    }

    /** JPEGs of {@code count} frames, each of its own brightness. */
    static List<byte[]> jpegs(int count) {
        List<byte[]> jpegs = new ArrayList<>();
        try (JpegEncoder encoder = new JpegEncoder()) {
            for (int i = 0; i < count; i++) {
                byte[] rgb = new byte[3 * 64 * 48];
                int channel = i % COLOURS.size();
                for (int pixel = 0; pixel < 64 * 48; pixel++) {
                    rgb[3 * pixel + channel] = (byte) (155 + i % 100);
                }
                jpegs.add(encoder.encode(new Picture(64, 48, rgb)));
            }
        }
        return jpegs;
    }

    @Override
    public ImageModel openImageModel() {
        return new Images();
    }

    @Override
    public TextModel openTextModel() {
        return new Texts();
    }

    private static float[] unit(float red, float green, float blue) {
        float length = (float) Math.sqrt(red * red + green * green + blue * blue + 1e-6f);
        return new float[] {red / length, green / length, blue / length};
    }

    private static final class Images implements ImageModel {

        @Override
        public ModelId id() {
            return ID;
        }

        @Override
        public int lanes() {
            return 1;
        }

        @Override
        public void warmUp(int... batchSizes) {
            // Nothing is laid out.
        }

        @Override
        public Batch newBatch(int capacity) {
            FloatBuffer slots = FloatBuffer.allocate(3 * capacity);
            return new Batch() {
                @Override
                public FloatBuffer slot(int index) {
                    return slots.slice(3 * index, 3);
                }

                @Override
                public float[][] encode(int count) {
                    float[][] rows = new float[count][];
                    for (int i = 0; i < count; i++) {
                        rows[i] =
                                unit(slots.get(3 * i), slots.get(3 * i + 1), slots.get(3 * i + 2));
                    }
                    return rows;
                }
            };
        }

        @Override
        public FrameReader newReader() {
            return new Reader(new PictureDecoder());
        }

        @Override
        public void close() {
            // Nothing native.
        }
    }

    private record Reader(PictureDecoder decoder) implements FrameReader {

        @Override
        public Picture decode(Frame frame) throws PictureException {
            return frame.bytes() == null
                    ? frame.picture()
                    : decoder.decode(frame.bytes(), frame.codec());
        }

        @Override
        public void write(Picture picture, FloatBuffer slot) {
            long[] sums = new long[3];
            byte[] rgb = picture.rgb();
            for (int i = 0; i < rgb.length; i++) {
                sums[i % 3] += rgb[i] & 0xFF;
            }
            for (long sum : sums) {
                slot.put(sum * 3f / rgb.length);
            }
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    private static final class Texts implements TextModel {

        @Override
        public ModelId id() {
            return ID;
        }

        @Override
        public double temperature() {
            return 100;
        }

        @Override
        public float[][] encode(List<String> texts) {
            return texts.stream()
                    .map(
                            text ->
                                    unit(
                                            text.contains("red") ? 1 : 0.1f,
                                            text.contains("green") ? 1 : 0.1f,
                                            text.contains("blue") ? 1 : 0.1f))
                    .toArray(float[][]::new);
        }

        @Override
        public void close() {
            // Nothing native.
        }
    }
}
