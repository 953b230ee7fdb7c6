package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Layouts that need no colour arithmetic (grey, palette, RGB in any order, 16 bits) to RGB,
 * exactly: transparency is dropped, of 16 bits the upper 8 are taken.
 */
final class PackedColours {

    private PackedColours() {}

    /** Where in a pixel of {@code step} bytes its red, green and blue bytes lie. */
    private record Layout(int step, int red, int green, int blue) {}

    static boolean handles(int format) {
        return isBits(format)
                || isPlanes(format)
                || format == AV_PIX_FMT_PAL8
                || layout(format) != null;
    }

    private static boolean isBits(int format) {
        return format == AV_PIX_FMT_MONOBLACK || format == AV_PIX_FMT_MONOWHITE;
    }

    private static boolean isPlanes(int format) {
        return format == AV_PIX_FMT_GBRP || format == AV_PIX_FMT_GBRAP;
    }

    private static Layout layout(int format) {
        if (format == AV_PIX_FMT_GRAY8) return new Layout(1, 0, 0, 0);
        if (format == AV_PIX_FMT_YA8) return new Layout(2, 0, 0, 0);
        if (format == AV_PIX_FMT_GRAY16BE) return new Layout(2, 0, 0, 0);
        if (format == AV_PIX_FMT_YA16BE) return new Layout(4, 0, 0, 0);
        if (format == AV_PIX_FMT_RGB24) return new Layout(3, 0, 1, 2);
        if (format == AV_PIX_FMT_BGR24) return new Layout(3, 2, 1, 0);
        if (format == AV_PIX_FMT_RGBA || format == AV_PIX_FMT_RGB0) return new Layout(4, 0, 1, 2);
        if (format == AV_PIX_FMT_BGRA || format == AV_PIX_FMT_BGR0) return new Layout(4, 2, 1, 0);
        if (format == AV_PIX_FMT_ARGB || format == AV_PIX_FMT_0RGB) return new Layout(4, 1, 2, 3);
        if (format == AV_PIX_FMT_ABGR || format == AV_PIX_FMT_0BGR) return new Layout(4, 3, 2, 1);
        if (format == AV_PIX_FMT_RGB48BE) return new Layout(6, 0, 2, 4);
        if (format == AV_PIX_FMT_RGBA64BE) return new Layout(8, 0, 2, 4);
        return null;
    }

    static Picture convert(AVFrame frame) {
        int format = frame.format();
        byte[] rgb = new byte[3 * frame.width() * frame.height()];
        Layout layout = layout(format);
        if (layout != null) {
            packed(frame, layout, rgb);
        } else if (isBits(format)) {
            bits(frame, format == AV_PIX_FMT_MONOBLACK ? 0 : 0xFF, rgb);
        } else if (isPlanes(format)) {
            planes(frame, rgb);
        } else {
            palette(frame, rgb);
        }
        return new Picture(frame.width(), frame.height(), rgb);
    }

    private static void packed(AVFrame frame, Layout layout, byte[] rgb) {
        int width = frame.width();
        Plane plane = new Plane(frame, 0, width * layout.step, frame.height());
        byte[] row = new byte[width * layout.step];
        int at = 0;
        for (int y = 0; y < frame.height(); y++) {
            plane.read(y, row);
            for (int i = 0; i < row.length; i += layout.step) {
                rgb[at++] = row[i + layout.red];
                rgb[at++] = row[i + layout.green];
                rgb[at++] = row[i + layout.blue];
            }
        }
    }

    private static void bits(AVFrame frame, int inverted, byte[] rgb) {
        byte[] row = new byte[(frame.width() + 7) / 8];
        Plane plane = new Plane(frame, 0, row.length, frame.height());
        int at = 0;
        for (int y = 0; y < frame.height(); y++) {
            plane.read(y, row);
            for (int x = 0; x < frame.width(); x++) {
                boolean white = (((row[x >> 3] ^ inverted) >> (7 - (x & 7))) & 1) == 1;
                byte value = (byte) (white ? 0xFF : 0);
                rgb[at++] = value;
                rgb[at++] = value;
                rgb[at++] = value;
            }
        }
    }

    /** Planes come in the order green, blue, red. */
    private static void planes(AVFrame frame, byte[] rgb) {
        int[] offsets = {1, 2, 0};
        byte[] row = new byte[frame.width()];
        for (int p = 0; p < 3; p++) {
            Plane plane = new Plane(frame, p, row.length, frame.height());
            for (int y = 0; y < frame.height(); y++) {
                plane.read(y, row);
                int at = 3 * frame.width() * y + offsets[p];
                for (byte value : row) {
                    rgb[at] = value;
                    at += 3;
                }
            }
        }
    }

    /** The palette holds 256 words of alpha, red, green and blue, in the machine's byte order. */
    private static void palette(AVFrame frame, byte[] rgb) {
        byte[] colours = new byte[1024];
        frame.data(1).get(colours, 0, colours.length);
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        byte[] row = new byte[frame.width()];
        Plane plane = new Plane(frame, 0, row.length, frame.height());
        int at = 0;
        for (int y = 0; y < frame.height(); y++) {
            plane.read(y, row);
            for (byte index : row) {
                int word = 4 * (index & 0xFF);
                rgb[at++] = colours[word + (little ? 2 : 1)];
                rgb[at++] = colours[word + (little ? 1 : 2)];
                rgb[at++] = colours[word + (little ? 0 : 3)];
            }
        }
    }
}
