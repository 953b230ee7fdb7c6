package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * JPEG's planes to RGB, equal to the bit to libjpeg-turbo with its defaults: chroma enlarged with
 * the triangle filter ("fancy upsampling", jdsample.c) and full-range BT.601 in 16-bit fixed point
 * (jdcolor.c). For one thread at a time.
 */
final class JpegColours {

    private static final int HALF = 1 << 15;
    private static final int[] CR_TO_R = new int[256];
    private static final int[] CB_TO_B = new int[256];
    private static final int[] CR_TO_G = new int[256];
    private static final int[] CB_TO_G = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int x = i - 128;
            CR_TO_R[i] = (fixed(1.40200) * x + HALF) >> 16;
            CB_TO_B[i] = (fixed(1.77200) * x + HALF) >> 16;
            CR_TO_G[i] = -fixed(0.71414) * x;
            CB_TO_G[i] = -fixed(0.34414) * x + HALF;
        }
    }

    private byte[] luma = new byte[0];
    private byte[] near = new byte[0];
    private byte[] far = new byte[0];
    private int[] column = new int[0];
    private byte[] cb = new byte[0];
    private byte[] cr = new byte[0];

    private static int fixed(double value) {
        return (int) (value * 65536 + 0.5);
    }

    Picture convert(AVFrame frame) {
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(frame.format());
        int across = descriptor.log2_chroma_w();
        int down = descriptor.log2_chroma_h();
        int width = frame.width();
        int height = frame.height();
        int chromaWidth = -(-width >> across);
        int chromaHeight = -(-height >> down);
        resize(width, chromaWidth, across);
        Plane y = new Plane(frame, 0, width, height);
        Plane u = new Plane(frame, 1, chromaWidth, chromaHeight);
        Plane v = new Plane(frame, 2, chromaWidth, chromaHeight);
        byte[] rgb = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            y.read(row, luma);
            upsample(u, row, chromaWidth, across, down, cb);
            upsample(v, row, chromaWidth, across, down, cr);
            toRgb(rgb, 3 * width * row, width);
        }
        return new Picture(width, height, rgb);
    }

    private void resize(int width, int chromaWidth, int across) {
        if (luma.length < width) {
            luma = new byte[width];
        }
        if (near.length < chromaWidth) {
            near = new byte[chromaWidth];
            far = new byte[chromaWidth];
            column = new int[chromaWidth];
        }
        if (cb.length < chromaWidth << across) {
            cb = new byte[chromaWidth << across];
            cr = new byte[chromaWidth << across];
        }
    }

    private void upsample(Plane plane, int row, int count, int across, int down, byte[] out) {
        int chromaRow = row >> down;
        plane.read(chromaRow, near);
        boolean wide = across == 1 && count > 2;
        if (down == 1 && (wide || across == 0)) {
            boolean lower = (row & 1) == 1;
            plane.read(lower ? chromaRow + 1 : chromaRow - 1, far);
            if (wide) {
                bothWays(count, out);
            } else {
                downwards(count, lower ? 2 : 1, out);
            }
        } else if (down == 0 && wide) {
            sideways(count, out);
        } else {
            for (int x = 0; x < count << across; x++) {
                out[x] = near[x >> across];
            }
        }
    }

    /** h2v1_fancy_upsample. */
    private void sideways(int count, byte[] out) {
        out[0] = near[0];
        out[2 * count - 1] = near[count - 1];
        for (int x = 0; x + 1 < count; x++) {
            int here = near[x] & 0xFF;
            int next = near[x + 1] & 0xFF;
            out[2 * x + 1] = (byte) ((3 * here + next + 2) >> 2);
            out[2 * x + 2] = (byte) ((3 * next + here + 1) >> 2);
        }
    }

    /** h1v2_fancy_upsample. */
    private void downwards(int count, int bias, byte[] out) {
        for (int x = 0; x < count; x++) {
            out[x] = (byte) ((3 * (near[x] & 0xFF) + (far[x] & 0xFF) + bias) >> 2);
        }
    }

    /** h2v2_fancy_upsample. */
    private void bothWays(int count, byte[] out) {
        for (int x = 0; x < count; x++) {
            column[x] = 3 * (near[x] & 0xFF) + (far[x] & 0xFF);
        }
        out[0] = (byte) ((4 * column[0] + 8) >> 4);
        out[2 * count - 1] = (byte) ((4 * column[count - 1] + 7) >> 4);
        for (int x = 0; x + 1 < count; x++) {
            int here = column[x];
            int next = column[x + 1];
            out[2 * x + 1] = (byte) ((3 * here + next + 7) >> 4);
            out[2 * x + 2] = (byte) ((3 * next + here + 8) >> 4);
        }
    }

    private void toRgb(byte[] rgb, int start, int width) {
        int at = start;
        for (int x = 0; x < width; x++) {
            int y = luma[x] & 0xFF;
            int u = cb[x] & 0xFF;
            int v = cr[x] & 0xFF;
            rgb[at++] = clamp(y + CR_TO_R[v]);
            rgb[at++] = clamp(y + ((CB_TO_G[u] + CR_TO_G[v]) >> 16));
            rgb[at++] = clamp(y + CB_TO_B[u]);
        }
    }

    private static byte clamp(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
