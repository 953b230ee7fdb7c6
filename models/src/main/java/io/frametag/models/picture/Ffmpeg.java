package io.frametag.models.picture;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What all users of FFmpeg in this library share. Thread-safe.
 *
 * <p>FFmpeg's log is set to quiet once, for the whole JVM: it would print about every damaged
 * picture to stderr, past any logging configuration. What went wrong reaches the caller as an
 * exception instead.
 */
public final class Ffmpeg {

    static {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    private Ffmpeg() {}

    /** Loads FFmpeg's libraries and quiets its log; does nothing after the first call. */
    public static void load() {
        // The work is done by the static initialiser, which runs once.
    }

    /** FFmpeg's words for one of its negative error codes. */
    public static String describe(int error) {
        byte[] text = new byte[128];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** Returns {@code pointer}, or fails where native memory ran out. */
    public static <T> T notNull(T pointer, String what) {
        if (pointer == null) {
            throw new OutOfMemoryError("FFmpeg has no memory for " + what);
        }
        return pointer;
    }
}
