package io.frametag.models.picture;

import java.util.Locale;
import java.util.Optional;

/** How a compressed picture is coded. The names are those of the {@code codec} header on Kafka. */
public enum PictureCodec {
    JPEG,
    PNG,
    WEBP,
    /** One H.264 keyframe, Annex B, with its parameter sets. */
    H264,
    /** One HEVC keyframe, Annex B, with its parameter sets. */
    HEVC;

    /** The lower-case name used in records and headers. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The codec of that name, in any case; {@code jpg} is taken for {@code jpeg}. */
    public static Optional<PictureCodec> byId(String id) {
        return switch (id.trim().toLowerCase(Locale.ROOT)) {
            case "jpeg", "jpg" -> Optional.of(JPEG);
            case "png" -> Optional.of(PNG);
            case "webp" -> Optional.of(WEBP);
            case "h264" -> Optional.of(H264);
            case "hevc", "h265" -> Optional.of(HEVC);
            default -> Optional.empty();
        };
    }

    /** The codec that the first bytes show, or empty where they show none of these. */
    public static Optional<PictureCodec> detect(byte[] bytes) {
        if (startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return Optional.of(PNG);
        }
        if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        // Annex B: a start code, then the unit type; parameter sets come first in a keyframe.
        int unit = startsWith(bytes, 0, 0, 0, 0, 1) ? 4 : startsWith(bytes, 0, 0, 0, 1) ? 3 : -1;
        if (unit < 0 || bytes.length <= unit) {
            return Optional.empty();
        }
        int hevcType = (bytes[unit] >> 1) & 0x3F;
        if (hevcType >= 32 && hevcType <= 35 && (bytes[unit] & 0x81) == 0) {
            return Optional.of(HEVC);
        }
        int h264Type = bytes[unit] & 0x1F;
        return h264Type == 5 || h264Type == 6 || h264Type == 7 || h264Type == 9
                ? Optional.of(H264)
                : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int offset, int... expected) {
        if (bytes.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
