package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Turns FFmpeg's decoded frames into {@link Picture}s on the heap. For one thread at a time; owns a
 * native scaler, which {@link #close()} frees. The frames stay the caller's and may change after.
 *
 * <p>Stills take the same integer arithmetic as the libraries that pictures are commonly read with
 * (libjpeg-turbo, libwebp), so that the model sees the same pixels to the bit. Video frames take
 * swscale's ordinary conversion, which is what video readers commonly use, with the frame's own
 * matrix and range, though only when their RGB is asked for ({@link Picture#rgb()}); a frame that
 * names no matrix counts as BT.601, at any size, as swscale has it.
 */
public final class FrameConverter implements AutoCloseable {

    private final JpegColours jpeg = new JpegColours();
    private final WebpColours webp = new WebpColours();
    private final ScaledColours scaled = new ScaledColours();

    /** Converts a frame of a video; where it has planes of bytes, the picture keeps those. */
    public Picture convert(AVFrame frame) throws PictureException {
        YuvPlanes planes = FramePlanes.video(frame);
        return planes == null ? toRgb(frame) : new Picture(StoredPlanes.copy(frame, planes));
    }

    private Picture toRgb(AVFrame frame) throws PictureException {
        return PackedColours.handles(frame.format())
                ? PackedColours.convert(frame)
                : new Picture(frame.width(), frame.height(), scaled.convert(frame));
    }

    /** Converts a decoded still. */
    Picture convert(AVFrame frame, PictureCodec codec) throws PictureException {
        boolean jpegPlanes =
                codec == PictureCodec.JPEG && FramePlanes.isEightBitYuv(frame.format());
        if (jpegPlanes) {
            return jpeg.convert(frame);
        }
        int format = frame.format();
        if (codec == PictureCodec.JPEG && format == AV_PIX_FMT_GBRAP) {
            return undoTruncation(PackedColours.convert(frame));
        }
        boolean webpPlanes = format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVA420P;
        if (codec == PictureCodec.WEBP && webpPlanes) {
            return webp.convert(frame);
        }
        return toRgb(frame);
    }

    /**
     * FFmpeg turns CMYK into RGB with a product that it cuts down instead of rounding, so that even
     * pure white comes out at 254.
     */
    private static Picture undoTruncation(Picture picture) {
        byte[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i++) {
            if (rgb[i] != 0 && rgb[i] != (byte) 0xFF) {
                rgb[i]++;
            }
        }
        return picture;
    }

    @Override
    public void close() {
        scaled.close();
    }
}
