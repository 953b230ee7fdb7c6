package io.frametag.connectors.simulator;

import io.frametag.connectors.video.VideoException;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.apache.flink.annotation.Experimental;

/**
 * A moving picture made up, in H.264, on which each frame shows its number: in digits for people,
 * and as a row of black and white blocks that programs can read off a decoded picture, whatever its
 * size.
 *
 * @param width in pixels, even, at least 64
 * @param height in pixels, even, at least 48
 * @param framesPerSecond from 1 to 240
 * @param frames how many
 * @param keyframeEvery so many frames
 */
@Experimental
public record TestPattern(
        int width, int height, int framesPerSecond, int frames, int keyframeEvery) {

    private static final int NUMBER_BITS = 16;

    public TestPattern {
        check(width >= 64 && width <= 3840 && width % 2 == 0, "width", width);
        check(height >= 48 && height <= 2160 && height % 2 == 0, "height", height);
        check(framesPerSecond >= 1 && framesPerSecond <= 240, "frames per second", framesPerSecond);
        check(frames >= 1 && frames < 1 << NUMBER_BITS, "frames", frames);
        check(keyframeEvery >= 1, "keyframe distance", keyframeEvery);
    }

    private static void check(boolean isRight, String what, int value) {
        if (!isRight) {
            throw new IllegalArgumentException(
                    what + " of a test pattern (" + value + ") is out of range");
        }
    }

    /**
     * Encodes it into a new file; the container follows from its ending, such as {@code .mp4}.
     *
     * @throws VideoException where it can't be written, or FFmpeg has no H.264 encoder
     */
    public void write(Path file) throws VideoException {
        try (PatternWriter writer = new PatternWriter(this, file)) {
            writer.write();
        }
    }

    /**
     * The number on a decoded picture, counted from 0.
     *
     * @param brightness of the pixel at (x, y), from 0 to 255; of any channel, since blocks are
     *     grey
     */
    public static int numberOn(int width, int height, IntBinaryOperator brightness) {
        // A damaged stream may claim to be smaller than any pattern.
        int y = height - Math.max(1, height / 16);
        int number = 0;
        for (int bit = 0; bit < NUMBER_BITS; bit++) {
            int x = (2 * bit + 1) * width / (2 * NUMBER_BITS);
            number = number << 1 | (brightness.applyAsInt(x, y) > 127 ? 1 : 0);
        }
        return number;
    }

    /** Brightness of that frame's pixel, in the video range. */
    int luma(int frame, int x, int y) {
        if (y >= height - height / 8) {
            int bit = NUMBER_BITS - 1 - x * NUMBER_BITS / width;
            return (frame >> bit & 1) == 1 ? 235 : 16;
        }
        int cell = height / 16;
        if (DigitFont.isInk(frame, (x - cell) / cell, (y - cell) / cell)
                && x >= cell
                && y >= cell) {
            return 235;
        }
        // A slope that moves, so that frames differ all over.
        return 40 + (x + y + 4 * frame) * 120 / (width + height) % 120;
    }
}
