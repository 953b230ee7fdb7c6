package io.frametag.operators.data;

import io.frametag.models.picture.JpegEncoder;
import io.frametag.models.picture.Picture;

/**
 * Compresses the pixels of a frame that leaves its chain. Serializers have no end of life that
 * could own a native encoder, and few frames are in flight at a checkpoint, so each call opens one
 * and closes it.
 */
final class FramePixels {

    private FramePixels() {}

    static byte[] toJpeg(Picture picture) {
        try (JpegEncoder encoder = new JpegEncoder()) {
            return encoder.encode(picture);
        }
    }
}
