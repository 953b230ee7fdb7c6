package io.frametag.models.picture;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Decodes compressed pictures with FFmpeg. Colours are those of libjpeg-turbo, libpng and libwebp:
 * transparency is dropped (not blended), rotation noted in the file is not applied, grey and
 * palettes become RGB, 16 bits become their upper 8.
 *
 * <p>A damaged picture is refused as far as it can be told: never half a picture filled with grey.
 *
 * <p>For one thread at a time. Owns FFmpeg's decoders (opened on a codec's first picture, reused
 * for its next ones) and its converters; {@link #close()} frees them and may be called more than
 * once.
 */
public final class PictureDecoder implements AutoCloseable {

    private final PictureLimits limits;
    private final FrameConverter converter = new FrameConverter();
    private final Map<PictureCodec, StillDecoder> decoders = new EnumMap<>(PictureCodec.class);
    private boolean closed;

    /** A decoder with {@link PictureLimits#defaults()}. */
    public PictureDecoder() {
        this(PictureLimits.defaults());
    }

    public PictureDecoder(PictureLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes one picture. After a failure the decoder is as good as new.
     *
     * @param bytes the compressed picture
     * @param codec how it is coded; null to tell it from the first bytes, which also have the last
     *     word where they clearly show another codec
     */
    public Picture decode(byte[] bytes, @Nullable PictureCodec codec) throws PictureException {
        if (closed) {
            throw new IllegalStateException("the picture decoder is closed");
        }
        if (bytes.length == 0) {
            throw new PictureException(PictureException.EMPTY, "the picture has no bytes");
        }
        PictureCodec actual = codecOf(bytes, codec);
        if (actual != PictureCodec.H264 && actual != PictureCodec.HEVC) {
            PictureHeader header = PictureHeader.read(bytes, actual);
            limits.check(header.width(), header.height());
        }
        AVFrame frame =
                decoders.computeIfAbsent(actual, c -> new StillDecoder(c, limits))
                        .decode(bytes, limits);
        return converter.convert(frame, actual);
    }

    private static PictureCodec codecOf(byte[] bytes, @Nullable PictureCodec codec)
            throws PictureException {
        PictureCodec shown = PictureCodec.detect(bytes).orElse(null);
        boolean stillAnnounced =
                codec == PictureCodec.JPEG
                        || codec == PictureCodec.PNG
                        || codec == PictureCodec.WEBP;
        if (codec != null && shown == null && stillAnnounced) {
            throw new PictureException(
                    PictureException.CORRUPT,
                    "the bytes don't start as a " + codec.id() + " picture does");
        }
        // The unit types of H.264 and HEVC overlap, so there the announced codec decides.
        boolean trustBytes = codec == null || (shown != null && !isAnnexB(shown));
        PictureCodec actual = trustBytes || stillAnnounced ? shown : codec;
        if (actual == null) {
            throw new PictureException(
                    PictureException.UNSUPPORTED,
                    "the bytes are no picture that we know; send JPEG, PNG, WebP or one H.264 or HEVC keyframe");
        }
        return actual;
    }

    private static boolean isAnnexB(PictureCodec codec) {
        return codec == PictureCodec.H264 || codec == PictureCodec.HEVC;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        decoders.values().forEach(StillDecoder::close);
        converter.close();
    }
}
