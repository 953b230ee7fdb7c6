package io.frametag.connectors.video;

import io.frametag.models.ImageSize;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import io.frametag.models.picture.Resampling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures as cameras send them: JPEG of quality 90, colours at half the resolution. */
final class CameraJpeg {

    private static final float QUALITY = 0.9f;

    private CameraJpeg() {}

    /** The pictures, resized and cut to that size. */
    static List<byte[]> of(List<Picture> pictures, ImageSize size) {
        Preprocessor scaler =
                new Preprocessor(
                        new Preprocessing(
                                size,
                                Resampling.BICUBIC,
                                List.of(0f, 0f, 0f),
                                List.of(1f, 1f, 1f)));
        return pictures.stream().map(scaler::crop).map(CameraJpeg::of).toList();
    }

    private static byte[] of(Picture picture) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image(picture), null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = picture.rgb();
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int pixel =
                    (rgb[3 * i] & 0xFF) << 16
                            | (rgb[3 * i + 1] & 0xFF) << 8
                            | rgb[3 * i + 2] & 0xFF;
            image.setRGB(i % picture.width(), i / picture.width(), pixel);
        }
        return image;
    }
}
