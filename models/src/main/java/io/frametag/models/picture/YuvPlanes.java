package io.frametag.models.picture;

import org.jspecify.annotations.Nullable;

/**
 * A picture as planes of brightness and two colour differences, as decoders give it.
 *
 * @param y brightness; its size is that of the picture
 * @param u blue difference; null in a grey picture
 * @param v red difference; null in a grey picture
 * @param grid of the colour planes
 * @param matrix that makes RGB of the three
 */
record YuvPlanes(
        SamplePlane y,
        @Nullable SamplePlane u,
        @Nullable SamplePlane v,
        ChromaGrid grid,
        YuvMatrix matrix) {

    int width() {
        return y.width();
    }

    int height() {
        return y.height();
    }

    boolean isGrey() {
        return u == null;
    }

    /** The same picture on the heap. */
    YuvPlanes copy() {
        return new YuvPlanes(
                y.copy(), u == null ? null : u.copy(), v == null ? null : v.copy(), grid, matrix);
    }
}
