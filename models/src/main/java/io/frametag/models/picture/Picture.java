package io.frametag.models.picture;

import java.util.Objects;

/**
 * A decoded picture on the heap: 8-bit RGB, interleaved, rows without padding, top row first.
 * Immutable by agreement: nobody writes to {@link #rgb()} once the picture is made, so it may be
 * handed between threads and operators without a copy. It owns no native memory.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code 3 * width * height} bytes, R G B from the top left
 */
public record Picture(int width, int height, byte[] rgb) {

    public Picture {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "picture of " + width + "x" + height + " can't have " + rgb.length + " bytes");
        }
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
