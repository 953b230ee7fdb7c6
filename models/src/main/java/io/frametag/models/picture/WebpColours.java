package io.frametag.models.picture;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Lossy WebP's planes to RGB, equal to the bit to libwebp with its defaults: chroma enlarged with
 * weights 9 3 3 1 (upsampling.c) and limited-range BT.601 in 14-bit fixed point (yuv.h). For one
 * thread at a time.
 */
final class WebpColours {

    private byte[] luma = new byte[0];
    private byte[] near = new byte[0];
    private byte[] far = new byte[0];
    private int[] u = new int[0];
    private int[] v = new int[0];

    Picture convert(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        int half = (width + 1) / 2;
        if (luma.length < width) {
            luma = new byte[width];
            near = new byte[half];
            far = new byte[half];
            u = new int[width];
            v = new int[width];
        }
        Plane y = new Plane(frame, 0, width, height);
        Plane cb = new Plane(frame, 1, half, (height + 1) / 2);
        Plane cr = new Plane(frame, 2, half, (height + 1) / 2);
        byte[] rgb = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            y.read(row, luma);
            upsample(cb, row, width, u);
            upsample(cr, row, width, v);
            toRgb(rgb, 3 * width * row, width);
        }
        return new Picture(width, height, rgb);
    }

    /** One row of UpsampleRgbLinePair: the nearer chroma row weighs 3 to the other's 1. */
    private void upsample(Plane plane, int row, int width, int[] out) {
        plane.read(row >> 1, near);
        plane.read((row & 1) == 1 ? (row >> 1) + 1 : (row >> 1) - 1, far);
        out[0] = (3 * (near[0] & 0xFF) + (far[0] & 0xFF) + 2) >> 2;
        int pairs = (width - 1) >> 1;
        for (int x = 1; x <= pairs; x++) {
            int nearLeft = near[x - 1] & 0xFF;
            int nearRight = near[x] & 0xFF;
            int farLeft = far[x - 1] & 0xFF;
            int farRight = far[x] & 0xFF;
            int sum = nearLeft + nearRight + farLeft + farRight + 8;
            int rising = (sum + 2 * (nearRight + farLeft)) >> 3;
            int falling = (sum + 2 * (nearLeft + farRight)) >> 3;
            out[2 * x - 1] = (rising + nearLeft) >> 1;
            out[2 * x] = (falling + nearRight) >> 1;
        }
        if ((width & 1) == 0) {
            int last = width / 2 - 1;
            out[width - 1] = (3 * (near[last] & 0xFF) + (far[last] & 0xFF) + 2) >> 2;
        }
    }

    private void toRgb(byte[] rgb, int start, int width) {
        int at = start;
        for (int x = 0; x < width; x++) {
            int y = ((luma[x] & 0xFF) * 19077) >> 8;
            int cb = u[x];
            int cr = v[x];
            rgb[at++] = clamp(y + ((cr * 26149) >> 8) - 14234);
            rgb[at++] = clamp(y - ((cb * 6419) >> 8) - ((cr * 13320) >> 8) + 8708);
            rgb[at++] = clamp(y + ((cb * 33050) >> 8) - 17685);
        }
    }

    private static byte clamp(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value >> 6, 255));
    }
}
