package io.frametag.models.conformance;

import io.frametag.models.ImageSize;
import io.frametag.models.picture.Preprocessing;
import java.nio.FloatBuffer;

/** Pictures that anyone can compute, which the reference embeddings are of. */
final class SyntheticPicture {

    private final int pattern;
    private final ImageSize size;

    SyntheticPicture(int pattern, ImageSize size) {
        this.pattern = pattern;
        this.size = size;
    }

    /** The grey level of a channel, 0 to 255. */
    int level(int channel, int x, int y) {
        return switch (pattern) {
            case 0 -> ((3 * x + 5 * y + 40 * channel) ^ ((x * y) >> 4)) & 255;
            case 1 -> (x / 32 + y / 32 + channel) % 3 == 0 ? 255 : 0;
            case 2 ->
                    switch (channel) {
                        case 0 -> 255 * x / (size.width() - 1);
                        case 1 -> 255 * y / (size.height() - 1);
                        default -> 255 * (x + y) / (size.height() + size.width() - 2);
                    };
            default -> throw new IllegalArgumentException("no pattern " + pattern);
        };
    }

    /** Writes the picture, not resized but normalised, as the encoder takes it. */
    void write(Preprocessing preprocessing, FloatBuffer slot) {
        for (int channel = 0; channel < 3; channel++) {
            float mean = preprocessing.mean().get(channel);
            float std = preprocessing.std().get(channel);
            for (int y = 0; y < size.height(); y++) {
                for (int x = 0; x < size.width(); x++) {
                    slot.put((level(channel, x, y) / 255f - mean) / std);
                }
            }
        }
    }
}
