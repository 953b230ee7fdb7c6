package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * JPEG pictures about as costly to decode as a camera's: smooth noise of several sizes, quality 85,
 * colours at half resolution, 1 to 2 bits a pixel.
 */
final class SamplePictures {

    private static final float QUALITY = 0.85f;
    private static final int[] CELLS = {256, 64, 16, 4};

    private SamplePictures() {}

    static List<byte[]> jpegs(ImageSize size, int count) throws IOException {
        List<byte[]> pictures = new ArrayList<>();
        for (int seed = 0; seed < count; seed++) {
            pictures.add(jpeg(picture(size, seed)));
        }
        return pictures;
    }

    private static BufferedImage picture(ImageSize size, int seed) {
        float[][] levels = new float[3][size.width() * size.height()];
        Random random = new Random(seed);
        for (int cell : CELLS) {
            for (float[] level : levels) {
                addNoise(level, size, cell, random);
            }
        }
        BufferedImage image =
                new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < levels[0].length; i++) {
            int rgb = 0;
            for (float[] level : levels) {
                rgb = rgb << 8 | (int) Math.max(0, Math.min(255, 128 + level[i]));
            }
            image.setRGB(i % size.width(), i / size.width(), rgb);
        }
        return image;
    }

    /** Random levels at the corners of a grid, straight lines between them. */
    private static void addNoise(float[] level, ImageSize size, int cell, Random random) {
        int columns = size.width() / cell + 2;
        float[] corners = new float[columns * (size.height() / cell + 2)];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = (random.nextFloat() - 0.5f) * 20 * (float) Math.sqrt(Math.sqrt(cell));
        }
        for (int y = 0; y < size.height(); y++) {
            float down = (float) (y % cell) / cell;
            for (int x = 0; x < size.width(); x++) {
                float right = (float) (x % cell) / cell;
                int at = y / cell * columns + x / cell;
                float above = corners[at] * (1 - right) + corners[at + 1] * right;
                float below =
                        corners[at + columns] * (1 - right) + corners[at + columns + 1] * right;
                level[y * size.width() + x] += above * (1 - down) + below * down;
            }
        }
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
