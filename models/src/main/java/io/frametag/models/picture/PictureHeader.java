package io.frametag.models.picture;

/**
 * The size that a JPEG, PNG or WebP picture claims, read from its first bytes without decoding, and
 * whether the picture is all there. FFmpeg fills what is missing of a JPEG with grey and says
 * nothing, so that is found out here.
 *
 * <p>After ITU-T T.81 annex B (JPEG), RFC 2083 (PNG) and RFC 9649 (WebP).
 *
 * @param width in pixels
 * @param height in pixels
 * @param halves whether it is made of 8x8 cosine blocks, which decode to smaller blocks as well
 */
record PictureHeader(int width, int height, boolean halves) {

    /** Markers of the first three kinds of frame: baseline, extended and progressive. */
    private static final int LAST_COSINE_FRAME = 0xC2;

    private PictureHeader(int width, int height) {
        this(width, height, false);
    }

    /** Reads the header; the bytes start as that codec's pictures do. */
    static PictureHeader read(byte[] bytes, PictureCodec codec) throws PictureException {
        return switch (codec) {
            case JPEG -> jpeg(bytes);
            case PNG -> png(bytes);
            case WEBP -> webp(bytes);
            case H264, HEVC -> throw new IllegalArgumentException(codec + " has no such header");
        };
    }

    private static PictureHeader png(byte[] bytes) throws PictureException {
        if (bytes.length < 33) {
            throw cutShort("PNG");
        }
        return new PictureHeader(bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4));
    }

    private static PictureHeader jpeg(byte[] bytes) throws PictureException {
        PictureHeader header = null;
        int at = 2;
        while (at + 4 <= bytes.length) {
            if (u8(bytes, at) != 0xFF) {
                at++;
                continue;
            }
            int marker = u8(bytes, at + 1);
            if (marker == 0xD9) {
                break;
            }
            if (marker == 0xFF || marker == 0 || marker == 1 || (marker >= 0xD0 && marker < 0xD9)) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            if (isStartOfFrame(marker) && at + 9 <= bytes.length) {
                header =
                        new PictureHeader(
                                bigEndian(bytes, at + 7, 2),
                                bigEndian(bytes, at + 5, 2),
                                marker <= LAST_COSINE_FRAME);
            }
            at += 2 + bigEndian(bytes, at + 2, 2);
        }
        // What is left: the end marker (two bytes) or nothing but a cut.
        if (header == null || !endsAt(bytes, at)) {
            throw cutShort("JPEG");
        }
        return header;
    }

    private static boolean endsAt(byte[] bytes, int at) {
        // From the back, where it is: pictures of megabytes are looked through here.
        for (int i = bytes.length - 2; i >= at; i--) {
            if (u8(bytes, i) == 0xFF && u8(bytes, i + 1) == 0xD9) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    private static PictureHeader webp(byte[] bytes) throws PictureException {
        if (bytes.length < 30 || littleEndian(bytes, 4, 4) + 8L > bytes.length) {
            throw cutShort("WebP");
        }
        return switch (fourCc(bytes, 12)) {
            case "VP8 " ->
                    new PictureHeader(
                            littleEndian(bytes, 26, 2) & 0x3FFF,
                            littleEndian(bytes, 28, 2) & 0x3FFF);
            case "VP8L" -> {
                int bits = littleEndian(bytes, 21, 4);
                yield new PictureHeader((bits & 0x3FFF) + 1, ((bits >>> 14) & 0x3FFF) + 1);
            }
            case "VP8X" -> {
                if ((bytes[20] & 2) != 0) {
                    throw new PictureException(
                            PictureException.UNSUPPORTED,
                            "the WebP picture is an animation; send its frames one by one");
                }
                yield new PictureHeader(
                        littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1);
            }
            default ->
                    throw new PictureException(
                            PictureException.CORRUPT,
                            "the WebP picture has no VP8, VP8L or VP8X chunk");
        };
    }

    private static PictureException cutShort(String name) {
        return new PictureException(
                PictureException.CORRUPT, "the " + name + " picture is cut short or has no header");
    }

    private static String fourCc(byte[] bytes, int at) {
        return new String(bytes, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    private static int bigEndian(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | u8(bytes, at + i);
        }
        return value;
    }

    private static int littleEndian(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | u8(bytes, at + i);
        }
        return value;
    }
}
