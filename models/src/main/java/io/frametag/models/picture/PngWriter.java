package io.frametag.models.picture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures as PNG, without loss. Thread-safe. */
public final class PngWriter {

    private PngWriter() {}

    /** Writes the picture to that file, replacing what was there. */
    public static void write(Picture picture, Path file) throws IOException {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = image.getRaster();
        int[] samples = new int[3 * picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = picture.rgb()[y * samples.length + i] & 0xFF;
            }
            raster.setPixels(0, y, picture.width(), 1, samples);
        }
        try (var out = Files.newOutputStream(file)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java runtime has no PNG writer");
            }
        }
    }
}
