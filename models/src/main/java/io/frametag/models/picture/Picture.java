package io.frametag.models.picture;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture on the heap. It owns no native memory and never changes, so it may be handed
 * between threads and operators without a copy. Thread-safe.
 *
 * <p>A picture of a video keeps the planes that the decoder gave, one and a half bytes a pixel for
 * most videos: what a model sees is made straight from them. {@link #rgb()} makes RGB of them when
 * it is first called, and keeps it.
 */
public final class Picture {

    private final int width;
    private final int height;
    private final @Nullable StoredPlanes planes;
    private volatile byte @Nullable [] rgb;

    /**
     * @param width in pixels
     * @param height in pixels
     * @param rgb {@code 3 * width * height} bytes, R G B from the top left, rows without padding;
     *     nobody writes to them any more
     */
    public Picture(int width, int height, byte[] rgb) {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "picture of " + width + "x" + height + " can't have " + rgb.length + " bytes");
        }
        this.width = width;
        this.height = height;
        this.planes = null;
        this.rgb = rgb;
    }

    Picture(StoredPlanes planes) {
        this.width = planes.width();
        this.height = planes.height();
        this.planes = planes;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /**
     * 8-bit RGB, interleaved, rows without padding, top row first; nobody writes to it. Of a
     * picture of a video, the first call takes milliseconds.
     */
    public byte[] rgb() {
        byte[] made = rgb;
        if (made == null) {
            // Two threads may both make it; either is right.
            made = planes.toRgb();
            rgb = made;
        }
        return made;
    }

    /** The same picture turned to the right by that many quarters of a circle, from 0 to 3. */
    public Picture turned(int quarterTurns) {
        if (quarterTurns == 0) {
            return this;
        }
        Turn turn = new Turn(quarterTurns);
        if (planes != null && planes.canBeTurned()) {
            return new Picture(planes.turned(turn));
        }
        return new Picture(
                turn.width(width, height),
                turn.height(width, height),
                turn.samples(rgb(), width, height, 3));
    }

    /** The planes that the picture has; null where it was made of RGB. */
    @Nullable YuvPlanes planes() {
        return planes == null ? null : planes.planes();
    }

    @Override
    public String toString() {
        return "Picture[" + width + "x" + height + "]";
    }
}
