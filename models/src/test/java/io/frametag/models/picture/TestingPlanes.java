package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;

import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Frames as decoders give them. The caller frees them with {@code av_frame_free}. */
final class TestingPlanes {

    private TestingPlanes() {}

    /** Planes of noise, the same for the same seed. */
    static AVFrame noise(int format, int width, int height, long seed) {
        Random random = new Random(seed);
        return frame(format, width, height, (plane, x, y) -> random.nextInt(256));
    }

    /** Planes of soft, muted colours with some noise: none of them falls outside of RGB. */
    static AVFrame soft(int format, int width, int height, long seed) {
        Random random = new Random(seed);
        double turn = random.nextDouble();
        return frame(
                format,
                width,
                height,
                (plane, x, y) -> {
                    double wave = Math.sin(turn + 7 * x) * Math.cos(5 * y - turn + plane);
                    double reach = plane == 0 ? 60 : 20;
                    return (int) (128 + reach * wave + reach * (random.nextDouble() - 0.5));
                });
    }

    private interface Samples {

        /** A sample of a plane; the place is from 0 to 1. */
        int at(int plane, double x, double y);
    }

    /** A frame of zeros, in any layout. */
    static AVFrame blank(int format, int width, int height) {
        AVFrame frame = av_frame_alloc();
        frame.format(format);
        frame.width(width);
        frame.height(height);
        if (av_frame_get_buffer(frame, 0) < 0) {
            throw new OutOfMemoryError();
        }
        for (int i = 0; i < frame.data().limit() && frame.buf(i) != null; i++) {
            BytePointer bytes = frame.buf(i).data().capacity(frame.buf(i).size());
            Pointer.memset(bytes, 0, bytes.capacity());
        }
        return frame;
    }

    private static AVFrame frame(int format, int width, int height, Samples samples) {
        AVFrame frame = blank(format, width, height);
        AVPixFmtDescriptor layout = av_pix_fmt_desc_get(format);
        for (int plane = 0; plane < layout.nb_components(); plane++) {
            int columns = plane == 0 ? width : -(-width >> layout.log2_chroma_w());
            int rows = plane == 0 ? height : -(-height >> layout.log2_chroma_h());
            byte[] row = new byte[columns];
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    row[x] = (byte) samples.at(plane, (double) x / columns, (double) y / rows);
                }
                frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
            }
        }
        return frame;
    }
}
