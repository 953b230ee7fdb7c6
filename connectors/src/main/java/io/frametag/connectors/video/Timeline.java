package io.frametag.connectors.video;

import org.jspecify.annotations.Nullable;

/**
 * Gives each frame its media time: that of its timestamp, rounded to milliseconds; where the
 * timestamp is missing or not after the one before, an average frame after it. Never backwards.
 */
final class Timeline {

    private Timeline() {}

    /**
     * The position behind a frame that was decoded.
     *
     * @param timestamp of the frame in the file's units; null where the file gives none
     * @param inFileMillis the frame's time in the file; null where it can't be told
     * @param frameMillis how long a frame is shown on average
     */
    static VideoPosition after(
            VideoPosition here,
            @Nullable Long timestamp,
            @Nullable Long inFileMillis,
            long frameMillis) {
        long earliest = Math.max(here.mediaMillis(), here.passMillis());
        boolean advances = timestamp == null || timestamp > here.timestamp();
        long media;
        if (inFileMillis != null && advances) {
            media = Math.max(earliest, here.passMillis() + inFileMillis);
        } else {
            boolean startsPass = here.mediaMillis() < here.passMillis();
            media = startsPass ? earliest : earliest + frameMillis;
        }
        boolean inOrder = timestamp != null && advances;
        return here.after(inOrder ? timestamp : here.timestamp(), media, inOrder);
    }

    /** Event time of the last frame before a position, or of the first frame if there is none. */
    static long eventTime(VideoPosition position) {
        return position.startMillis() + Math.max(0, position.mediaMillis());
    }
}
