package io.frametag.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Room for the pictures of one run: a direct buffer of {@code capacity * 3 * height * width} floats
 * that ONNX Runtime reads in place. Reusable once {@link ImageEncoder#encode} has returned.
 *
 * <p>Several threads may fill different slots at once; the caller orders the filling before the
 * run. The memory is freed with the object, by the garbage collector.
 */
public final class ImageBatch {

    private final ImageSize size;
    private final int capacity;
    private final int slotFloats;
    private final FloatBuffer pixels;

    ImageBatch(ImageSize size, int capacity) {
        this.size = size;
        this.capacity = capacity;
        long slot = 3L * size.height() * size.width();
        long bytes = slot * capacity * Float.BYTES;
        if (capacity < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "batch capacity (%d) must be from 1 to %d at %s"
                            .formatted(capacity, Integer.MAX_VALUE / (slot * Float.BYTES), size));
        }
        this.slotFloats = (int) slot;
        this.pixels =
                ByteBuffer.allocateDirect((int) bytes)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
    }

    public int capacity() {
        return capacity;
    }

    /** Of the pictures that the slots take. */
    public ImageSize imageSize() {
        return size;
    }

    /**
     * The slot of picture {@code index}: {@code 3 * height * width} floats, direct, native order,
     * planes R, G, B, rows from the top, normalised. A new view at each call, at position 0.
     */
    public FloatBuffer slot(int index) {
        Objects.checkIndex(index, capacity);
        return pixels.slice(index * slotFloats, slotFloats);
    }

    /** The first {@code count} slots. */
    FloatBuffer first(int count) {
        return pixels.slice(0, count * slotFloats);
    }
}
