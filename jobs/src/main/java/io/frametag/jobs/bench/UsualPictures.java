package io.frametag.jobs.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * From a JPEG picture to the model's input as one would write it: {@code javax.imageio}, Graphics2D
 * for the resize, and a loop from pixels to floats.
 */
final class UsualPictures {

    private UsualPictures() {}

    static float[] input(byte[] jpeg, UsualModel model) throws IOException {
        return floats(resized(read(jpeg), model), model);
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        BufferedImage image =
                ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
        if (image == null) {
            throw new IOException("no picture that javax.imageio knows");
        }
        return image;
    }

    /** Scaled until it covers the input, the middle cut out. */
    private static BufferedImage resized(BufferedImage image, UsualModel model) {
        int width = model.width();
        int height = model.height();
        double scale =
                Math.max((double) width / image.getWidth(), (double) height / image.getHeight());
        int scaledWidth = (int) Math.round(image.getWidth() * scale);
        int scaledHeight = (int) Math.round(image.getHeight() * scale);
        BufferedImage input = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = input.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(
                image,
                (width - scaledWidth) / 2,
                (height - scaledHeight) / 2,
                scaledWidth,
                scaledHeight,
                null);
        graphics.dispose();
        return input;
    }

    private static float[] floats(BufferedImage image, UsualModel model) {
        int[] rgb = image.getRGB(0, 0, model.width(), model.height(), null, 0, model.width());
        float[] mean = model.mean();
        float[] std = model.std();
        float[] planes = new float[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            planes[i] = ((rgb[i] >> 16 & 255) / 255f - mean[0]) / std[0];
            planes[rgb.length + i] = ((rgb[i] >> 8 & 255) / 255f - mean[1]) / std[1];
            planes[2 * rgb.length + i] = ((rgb[i] & 255) / 255f - mean[2]) / std[2];
        }
        return planes;
    }
}
