package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/**
 * Any layout that FFmpeg knows to RGB, by swscale. Owns the scaler and a frame of the last size,
 * both kept for the next frame that is alike. For one thread at a time.
 */
final class ScaledColours implements AutoCloseable {

    private record Shape(int width, int height, int format, int matrix, boolean fullRange) {}

    private @Nullable Shape shape;
    private @Nullable SwsContext scaler;
    private @Nullable AVFrame target;

    /** The pixels of a frame, R G B from the top left. */
    byte[] convert(AVFrame frame) throws PictureException {
        Shape wanted =
                new Shape(
                        frame.width(),
                        frame.height(),
                        frame.format(),
                        frame.colorspace(),
                        FramePlanes.isFullRange(frame));
        if (!wanted.equals(shape)) {
            close();
            open(wanted);
        }
        int rows =
                sws_scale(
                        scaler,
                        frame.data(),
                        frame.linesize(),
                        0,
                        wanted.height,
                        target.data(),
                        target.linesize());
        if (rows != wanted.height) {
            throw unsupported(wanted);
        }
        return copy(target);
    }

    private void open(Shape wanted) throws PictureException {
        scaler =
                sws_getContext(
                        wanted.width,
                        wanted.height,
                        wanted.format,
                        wanted.width,
                        wanted.height,
                        AV_PIX_FMT_RGB24,
                        SWS_BICUBIC,
                        null,
                        null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw unsupported(wanted);
        }
        // Fails where neither side is YUV: then there is no matrix to choose.
        sws_setColorspaceDetails(
                scaler,
                sws_getCoefficients(matrix(wanted.matrix)),
                wanted.fullRange ? 1 : 0,
                sws_getCoefficients(SWS_CS_DEFAULT),
                1,
                0,
                1 << 16,
                1 << 16);
        target = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        target.width(wanted.width);
        target.height(wanted.height);
        target.format(AV_PIX_FMT_RGB24);
        if (av_frame_get_buffer(target, 0) < 0) {
            close();
            throw new OutOfMemoryError("FFmpeg has no memory for a frame of " + wanted);
        }
        shape = wanted;
    }

    private static int matrix(int colorspace) {
        return colorspace == AVCOL_SPC_UNSPECIFIED || colorspace == AVCOL_SPC_RGB
                ? SWS_CS_DEFAULT
                : colorspace;
    }

    private static byte[] copy(AVFrame frame) {
        int rowBytes = 3 * frame.width();
        byte[] rgb = new byte[rowBytes * frame.height()];
        var data = frame.data(0);
        for (int y = 0; y < frame.height(); y++) {
            data.position((long) y * frame.linesize(0)).get(rgb, y * rowBytes, rowBytes);
        }
        return rgb;
    }

    private static PictureException unsupported(Shape wanted) {
        return new PictureException(
                PictureException.UNSUPPORTED,
                "FFmpeg can't turn pixel format " + wanted.format + " into RGB");
    }

    @Override
    public void close() {
        shape = null;
        if (scaler != null) {
            sws_freeContext(scaler);
            scaler = null;
        }
        if (target != null) {
            av_frame_free(target);
            target = null;
        }
    }
}
