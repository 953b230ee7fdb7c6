package io.frametag.models.picture;

import io.frametag.models.ImageSize;

/**
 * Resizes the whole picture in floating point, then crops: slow, and plain to see that it is right.
 */
final class NaivePreprocessor {

    private NaivePreprocessor() {}

    static Picture crop(Picture picture, ImageSize size, Resampling filter) {
        int width = picture.width();
        int height = picture.height();
        long outWidth;
        long outHeight;
        if (size.width() == size.height()) {
            int side = size.width();
            int shortSide = Math.min(width, height);
            outWidth = width <= height ? side : (long) side * width / shortSide;
            outHeight = width <= height ? (long) side * height / shortSide : side;
        } else {
            double ratio = Math.min((double) width / size.width(), (double) height / size.height());
            outWidth = Math.round(width / ratio);
            outHeight = Math.round(height / ratio);
        }
        double[][] rows = new double[height][];
        for (int y = 0; y < height; y++) {
            rows[y] = new double[(int) outWidth * 3];
            for (int x = 0; x < outWidth; x++) {
                for (int c = 0; c < 3; c++) {
                    int row = y;
                    int channel = c;
                    rows[y][3 * x + c] =
                            sample(
                                    i -> picture.rgb()[3 * (row * width + i) + channel] & 0xFF,
                                    width,
                                    outWidth,
                                    x,
                                    filter);
                }
            }
        }
        int left = (int) Math.rint((outWidth - size.width()) / 2.0);
        int top = (int) Math.rint((outHeight - size.height()) / 2.0);
        byte[] rgb = new byte[3 * size.width() * size.height()];
        for (int y = 0, at = 0; y < size.height(); y++) {
            for (int x = 0; x < 3 * size.width(); x++) {
                int column = 3 * left + x;
                rgb[at++] = (byte) sample(i -> rows[i][column], height, outHeight, top + y, filter);
            }
        }
        return new Picture(size.width(), size.height(), rgb);
    }

    private interface Samples {
        double at(int index);
    }

    private static double sample(Samples in, int inSize, long outSize, long at, Resampling filter) {
        double scale = (double) inSize / outSize;
        double stretch = Math.max(1, scale);
        double center = (at + 0.5) * scale;
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < inSize; i++) {
            double weight = weight(Math.abs((i + 0.5 - center) / stretch), filter);
            weights += weight;
            sum += weight * in.at(i);
        }
        return Math.max(0, Math.min(255, Math.floor(sum / weights + 0.5)));
    }

    private static double weight(double x, Resampling filter) {
        if (filter == Resampling.BILINEAR) {
            return Math.max(0, 1 - x);
        }
        double x2 = x * x;
        double x3 = x2 * x;
        return x < 1 ? 1.5 * x3 - 2.5 * x2 + 1 : x < 2 ? -0.5 * x3 + 2.5 * x2 - 4 * x + 2 : 0;
    }
}
