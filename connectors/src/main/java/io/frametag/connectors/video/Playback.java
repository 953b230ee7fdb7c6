package io.frametag.connectors.video;

import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.util.clock.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How fast files are played and which event times their frames get.
 *
 * @param realTime play as a camera would: each frame is handed on when its time has come, and event
 *     time is the wall clock at the start plus the time in the file
 * @param loop start again at the end, with sequence numbers and event times going on
 * @param startTime event time of the first frame, where not played in real time; null for 0, so
 *     that event time is the time in the file
 */
@PublicEvolving
public record Playback(boolean realTime, boolean loop, @Nullable Instant startTime)
        implements Serializable {

    /** Once, as fast as the job takes it; event time is milliseconds since the file's start. */
    public static final Playback AS_FAST_AS_POSSIBLE = new Playback(false, false, null);

    /** Once, as a camera. */
    public static final Playback REAL_TIME = new Playback(true, false, null);

    public Playback {
        if (realTime && startTime != null) {
            throw new IllegalArgumentException(
                    "playback in real time starts now: leave out the start time ("
                            + startTime
                            + ") or play as fast as possible");
        }
    }

    /** The same, starting again at the end or not. */
    public Playback loop(boolean loop) {
        return new Playback(realTime, loop, startTime);
    }

    /** The same, with that event time for the first frame. */
    public Playback startTime(Instant startTime) {
        return new Playback(realTime, loop, startTime);
    }

    /** Event time of the first frame of a stream that starts now, in epoch milliseconds. */
    long firstEventTime(Clock clock) {
        if (realTime) {
            return clock.absoluteTimeMillis();
        }
        return startTime == null ? 0 : startTime.toEpochMilli();
    }
}
