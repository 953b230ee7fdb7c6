package io.frametag.models.picture;

import io.frametag.models.ImageSize;
import java.util.HashMap;
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
 * <p>{@link #reduced} makes one that gives large JPEG pictures at a half, a quarter or an eighth of
 * their size, straight from their frequencies: cheaper, and not quite the same picture.
 *
 * <p>For one thread at a time. Owns FFmpeg's decoders (opened on a codec's first picture, reused
 * for its next ones) and its converters; {@link #close()} frees them and may be called more than
 * once.
 */
public final class PictureDecoder implements AutoCloseable {

    private static final int MOST_HALVINGS = 3;

    private record Key(PictureCodec codec, int halvings) {}

    /** A decoder's own frame, valid until its next picture. */
    private record Decoded(AVFrame frame, PictureCodec codec, boolean halved) {}

    private final PictureLimits limits;
    private final @Nullable ImageSize least;
    private final FrameConverter converter = new FrameConverter();
    private final Map<Key, StillDecoder> decoders = new HashMap<>();
    private boolean closed;

    /** A decoder with {@link PictureLimits#defaults()}. */
    public PictureDecoder() {
        this(PictureLimits.defaults());
    }

    public PictureDecoder(PictureLimits limits) {
        this(limits, null);
    }

    private PictureDecoder(PictureLimits limits, @Nullable ImageSize least) {
        this.limits = limits;
        this.least = least;
    }

    /**
     * A decoder that halves JPEG pictures up to three times while it decodes them, as often as they
     * stay at least as wide and as high as the model's input. Other codecs, and JPEG pictures that
     * can't be halved, are decoded in full. The limits count the pixels of the full picture.
     *
     * @param least the model's input
     */
    public static PictureDecoder reduced(PictureLimits limits, ImageSize least) {
        return new PictureDecoder(limits, least);
    }

    /**
     * Decodes one picture. After a failure the decoder is as good as new.
     *
     * @param bytes the compressed picture
     * @param codec how it is coded; null to tell it from the first bytes, which also have the last
     *     word where they clearly show another codec
     */
    public Picture decode(byte[] bytes, @Nullable PictureCodec codec) throws PictureException {
        Decoded decoded = decodePlanes(bytes, codec);
        return converter.convert(decoded.frame, decoded.codec);
    }

    /**
     * What a model sees of a compressed picture, at less cost than {@link #decode} and {@link
     * Preprocessor#crop(Picture)}: of a JPEG picture that has at least two pixels for one of the
     * model's input, or that was reduced, planes of brightness and colour are resized before they
     * become RGB. It then differs by 0.1 to 0.2 levels on average. PNG, WebP and CMYK take the
     * exact way. Refuses what {@link #decode} refuses.
     *
     * @param preprocessor of the model; used by this thread alone
     * @return a picture of the size of the model's input
     */
    public Picture crop(byte[] bytes, @Nullable PictureCodec codec, Preprocessor preprocessor)
            throws PictureException {
        Decoded decoded = decodePlanes(bytes, codec);
        AVFrame frame = decoded.frame;
        boolean direct = decoded.halved || preprocessor.shrinks(frame.width(), frame.height());
        YuvPlanes planes = direct ? FramePlanes.of(frame, decoded.codec) : null;
        return planes == null
                ? preprocessor.crop(converter.convert(frame, decoded.codec))
                : preprocessor.crop(planes);
    }

    private Decoded decodePlanes(byte[] bytes, @Nullable PictureCodec codec)
            throws PictureException {
        if (closed) {
            throw new IllegalStateException("the picture decoder is closed");
        }
        if (bytes.length == 0) {
            throw new PictureException(PictureException.EMPTY, "the picture has no bytes");
        }
        PictureCodec actual = codecOf(bytes, codec);
        int halvings = 0;
        if (!isAnnexB(actual)) {
            PictureHeader header = PictureHeader.read(bytes, actual);
            limits.check(header.width(), header.height());
            halvings = halvings(header);
        }
        AVFrame frame = decoder(new Key(actual, halvings)).decode(bytes, limits);
        return new Decoded(frame, actual, halvings > 0);
    }

    private StillDecoder decoder(Key key) {
        return decoders.computeIfAbsent(
                key, k -> new StillDecoder(k.codec(), limits, k.halvings()));
    }

    private int halvings(PictureHeader header) {
        if (least == null || !header.halves()) {
            return 0;
        }
        int halvings = 0;
        while (halvings < MOST_HALVINGS
                && header.width() >> (halvings + 1) >= least.width()
                && header.height() >> (halvings + 1) >= least.height()) {
            halvings++;
        }
        return halvings;
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
