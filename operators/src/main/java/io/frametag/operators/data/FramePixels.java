package io.frametag.operators.data;

import io.frametag.models.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Compresses the pixels of a frame that leaves its chain. */
final class FramePixels {

    private FramePixels() {}

    static byte[] toJpeg(Picture picture) throws IOException {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[picture.width()];
        byte[] rgb = picture.rgb();
        for (int y = 0, from = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++, from += 3) {
                row[x] =
                        (rgb[from] & 0xFF) << 16
                                | (rgb[from + 1] & 0xFF) << 8
                                | (rgb[from + 2] & 0xFF);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }
}
