package io.frametag.connectors.video;

import org.jspecify.annotations.Nullable;

/**
 * Gives the frames of a live stream their times: when the sender says they were taken, where it
 * does and its clock is near ours; else by their timestamps, tied to when the first one came; else
 * when they came. Never backwards: a frame whose time would be is given the last one's, and
 * counted. For one thread.
 */
final class LiveClock {

    /** How a time was found, as frames carry it in {@link #ATTRIBUTE}. */
    enum Source {
        SENDER,
        TIMESTAMPS,
        ARRIVAL;

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The attribute of a frame that says how its time was found. */
    static final String ATTRIBUTE = "timeSource";

    /** Timestamps that run ahead of the clock by more than this have jumped. */
    private static final long MOST_AHEAD_MILLIS = 1_000;

    /** Frames that come later than this after their timestamps say have jumped, or had to wait. */
    private static final long MOST_BEHIND_MILLIS = 10_000;

    private final long toleranceMillis;
    private @Nullable Long anchorMillis;
    private long last;
    private Source source = Source.ARRIVAL;
    private long jumps;
    private long clamped;

    /**
     * With a start.
     *
     * @param toleranceMillis how far the sender's clock may be from ours
     * @param last time of the last frame before
     */
    LiveClock(long toleranceMillis, long last) {
        this.toleranceMillis = toleranceMillis;
        this.last = last;
    }

    /**
     * Time of a frame.
     *
     * @param media milliseconds by its timestamp, from any start; null where it has none
     * @param senderStart time of day at the sender when {@code media} was 0; null where not known
     * @param arrival when it came
     */
    long time(@Nullable Long media, @Nullable Long senderStart, long arrival) {
        long found = find(media, senderStart, arrival);
        if (found < last) {
            clamped++;
            found = last;
        }
        last = found;
        return found;
    }

    private long find(@Nullable Long media, @Nullable Long senderStart, long arrival) {
        if (media == null) {
            source = Source.ARRIVAL;
            return arrival;
        }
        if (senderStart != null && Math.abs(senderStart + media - arrival) <= toleranceMillis) {
            source = Source.SENDER;
            anchorMillis = null;
            return senderStart + media;
        }
        Long anchor = anchorMillis;
        long found = anchor == null ? arrival : anchor + media;
        boolean jumped =
                found - arrival > MOST_AHEAD_MILLIS || arrival - found > MOST_BEHIND_MILLIS;
        if (anchor == null || jumped) {
            jumps += jumped ? 1 : 0;
            anchorMillis = arrival - media;
            found = arrival;
        }
        source = Source.TIMESTAMPS;
        return found;
    }

    /** How the last time was found. */
    Source source() {
        return source;
    }

    long jumps() {
        return jumps;
    }

    /** Frames that were given a later time than their own. */
    long clamped() {
        return clamped;
    }
}
