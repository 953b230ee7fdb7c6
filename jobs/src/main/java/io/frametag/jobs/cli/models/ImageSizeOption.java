package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.ImageSize;
import org.jspecify.annotations.Nullable;

/** Reads {@code --image-size}. */
final class ImageSizeOption {

    private ImageSizeOption() {}

    static @Nullable ImageSize parse(@Nullable String text) throws UserError {
        try {
            return text == null ? null : ImageSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage() + "; give --image-size such as 256 or 640x384");
        }
    }
}
