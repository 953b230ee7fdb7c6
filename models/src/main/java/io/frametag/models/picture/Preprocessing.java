package io.frametag.models.picture;

import io.frametag.models.ImageSize;
import java.util.List;

/**
 * What a model wants done to a picture: shrink or grow it until it just covers {@code size}, cut
 * out the middle, scale to [0, 1], subtract {@code mean} and divide by {@code std}.
 *
 * @param size of the model's input
 * @param resampling filter used for resizing
 * @param mean per channel, R G B, on the scale [0, 1]
 * @param std standard deviation per channel, R G B, on the scale [0, 1]
 */
public record Preprocessing(
        ImageSize size, Resampling resampling, List<Float> mean, List<Float> std) {

    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException(
                    "mean " + mean + " and std " + std + " must be three numbers each, std > 0");
        }
    }
}
