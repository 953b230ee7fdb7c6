package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * A frame of a video on the heap, with what FFmpeg needs to know of it to make RGB. Immutable.
 *
 * @param planes on the heap, none of them missing
 * @param format FFmpeg's name for the layout
 * @param colorspace as the frame had it
 * @param range of the levels, as the frame had it
 */
record StoredPlanes(YuvPlanes planes, int format, int colorspace, int range) {

    /** A copy of the frame's planes. */
    static StoredPlanes copy(AVFrame frame, YuvPlanes borrowed) {
        return new StoredPlanes(
                borrowed.copy(), frame.format(), frame.colorspace(), frame.color_range());
    }

    int width() {
        return planes.width();
    }

    int height() {
        return planes.height();
    }

    /**
     * The same pixels as of the frame itself, by swscale. Opens a scaler for the one call, since a
     * picture has no end of life that could own one.
     */
    byte[] toRgb() {
        try (ScaledColours scaled = new ScaledColours()) {
            AVFrame frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
            try {
                fill(frame);
                return scaled.convert(frame);
            } catch (PictureException e) {
                throw new IllegalStateException("these planes were told to be convertible", e);
            } finally {
                av_frame_free(frame);
            }
        }
    }

    private void fill(AVFrame frame) {
        frame.width(width());
        frame.height(height());
        frame.format(format);
        frame.colorspace(colorspace);
        frame.color_range(range);
        if (av_frame_get_buffer(frame, 0) < 0) {
            throw new OutOfMemoryError("FFmpeg has no memory for a frame");
        }
        SamplePlane[] all = {planes.y(), planes.u(), planes.v()};
        for (int i = 0; i < all.length; i++) {
            BytePointer data = frame.data(i);
            byte[] row = new byte[all[i].width()];
            for (int y = 0; y < all[i].height(); y++) {
                all[i].read(y, row);
                data.position((long) y * frame.linesize(i)).put(row, 0, row.length);
            }
        }
    }

    /** Whether whole samples of colour lie under the picture, alike in both directions. */
    boolean canBeTurned() {
        ChromaGrid grid = planes.grid();
        int parts = 1 << grid.across();
        return grid.across() == grid.down() && width() % parts == 0 && height() % parts == 0;
    }

    StoredPlanes turned(Turn turn) {
        YuvPlanes turned =
                new YuvPlanes(
                        planes.y().turned(turn),
                        planes.u().turned(turn),
                        planes.v().turned(turn),
                        planes.grid(),
                        planes.matrix());
        return new StoredPlanes(turned, format, colorspace, range);
    }
}
