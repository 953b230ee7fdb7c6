package io.frametag.operators.sample;

import java.io.Serializable;
import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Which frames of a stream are looked at. Immutable; the one number it needs per stream is kept by
 * the caller, in its state.
 *
 * <p>By rate: event time is cut into intervals of 1/rate from time 0, and the first frame of each
 * interval is kept. So the result depends on frame times alone, not on when or where a frame is
 * seen or how often the job was restarted, and the mean rate is exact also where the stream's own
 * rate is no multiple of it.
 *
 * @param framesPerSecond frames kept per second of event time; infinity keeps all
 */
@PublicEvolving
public record Sampling(double framesPerSecond) implements Serializable {

    /** What to hand to {@link #interval} or compare with before the first frame of a stream. */
    public static final long NO_INTERVAL = Long.MIN_VALUE;

    public Sampling {
        if (!(framesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "sampling rate (" + framesPerSecond + " fps) must be > 0");
        }
    }

    /** Keeps every frame. */
    public static Sampling all() {
        return new Sampling(Double.POSITIVE_INFINITY);
    }

    /** Parses {@code 2fps}, {@code 0.5fps} or {@code all}. */
    public static Sampling parse(String text) {
        String value = text.trim().toLowerCase(Locale.ROOT);
        if (value.equals("all")) {
            return all();
        }
        try {
            if (value.endsWith("fps")) {
                return new Sampling(Double.parseDouble(value.substring(0, value.length() - 3)));
            }
        } catch (NumberFormatException e) {
            throw malformed(text, e);
        }
        throw malformed(text, null);
    }

    private static IllegalArgumentException malformed(String text, Throwable cause) {
        return new IllegalArgumentException(
                "sampling (" + text + ") must be a rate such as 2fps or 0.5fps, or all", cause);
    }

    /**
     * The interval that a frame belongs to. Keep the frame if and only if this is greater than the
     * interval of the last frame kept ({@link #NO_INTERVAL} before the first), then remember it.
     *
     * @param frameTime event time in milliseconds
     */
    public long interval(long frameTime) {
        return Double.isInfinite(framesPerSecond)
                ? NO_INTERVAL
                : (long) Math.floor(frameTime * framesPerSecond / 1000.0);
    }

    /** Whether to keep a frame, given the interval of the last frame kept. */
    public boolean keeps(long frameTime, long lastInterval) {
        return Double.isInfinite(framesPerSecond) || interval(frameTime) > lastInterval;
    }
}
