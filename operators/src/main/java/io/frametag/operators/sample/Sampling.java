package io.frametag.operators.sample;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a stream are looked at. Immutable; what it needs to know of a stream is kept by
 * the caller: one number for the rate, a {@link MotionGate} for motion.
 *
 * <p>By rate: event time is cut into intervals of 1/rate from time 0, and the first frame of each
 * interval is kept. So the result depends on frame times alone, not on when or where a frame is
 * seen or how often the job was restarted, and the mean rate is exact also where the stream's own
 * rate is no multiple of it.
 *
 * <p>By motion: of the frames that the rate keeps, those that differ from the last one kept.
 *
 * @param framesPerSecond frames kept per second of event time; infinity keeps all
 * @param motion what else a frame must show to be kept; null for nothing
 */
@PublicEvolving
public record Sampling(double framesPerSecond, @Nullable Motion motion) implements Serializable {

    /** What to hand to {@link #interval} or compare with before the first frame of a stream. */
    public static final long NO_INTERVAL = Long.MIN_VALUE;

    private static final Pattern RATE = Pattern.compile("(\\d*\\.?\\d+)fps");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,9})(ms|s|m|min|h)");

    public Sampling {
        if (!(framesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "sampling rate (" + framesPerSecond + " fps) must be > 0");
        }
    }

    /** By rate alone. */
    public Sampling(double framesPerSecond) {
        this(framesPerSecond, null);
    }

    /** Keeps every frame. */
    public static Sampling all() {
        return new Sampling(Double.POSITIVE_INFINITY);
    }

    /** Of the frames that this keeps, only those that show motion. */
    public Sampling onMotion(Motion shown) {
        return new Sampling(framesPerSecond, shown);
    }

    /** The rate without the motion. */
    public Sampling byRate() {
        return motion == null ? this : new Sampling(framesPerSecond);
    }

    /** Whether the rate leaves no frame out. */
    public boolean keepsEveryRate() {
        return Double.isInfinite(framesPerSecond);
    }

    /**
     * Parses a rate ({@code 2fps}, {@code 0.5fps}), an interval ({@code 10s}), {@code all}, motion
     * ({@code motion}, {@code motion:0.5%}, {@code motion:0.5%:30s}; see {@link Motion#parse}), or
     * motion behind one of the others: {@code 2fps+motion}.
     */
    public static Sampling parse(String text) {
        List<String> parts = List.of(text.trim().toLowerCase(Locale.ROOT).split("\\+", -1));
        boolean moving = parts.get(parts.size() - 1).startsWith(Motion.WORD);
        if (parts.size() > (moving ? 2 : 1)) {
            throw malformed(text, null);
        }
        boolean motionAlone = moving && parts.size() == 1;
        try {
            double rate = motionAlone ? Double.POSITIVE_INFINITY : rate(parts.get(0));
            return new Sampling(rate, moving ? Motion.parse(parts.get(parts.size() - 1)) : null);
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
    }

    private static double rate(String part) {
        if (part.equals("all")) {
            return Double.POSITIVE_INFINITY;
        }
        Matcher rate = RATE.matcher(part);
        if (rate.matches()) {
            return Double.parseDouble(rate.group(1));
        }
        return 1000.0 / millis(part);
    }

    /** An interval such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h}. */
    static long millis(String text) {
        Matcher interval = INTERVAL.matcher(text);
        if (!interval.matches() || Long.parseLong(interval.group(1)) == 0) {
            throw new IllegalArgumentException("interval (" + text + ") must be such as 10s");
        }
        long unit =
                switch (interval.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "h" -> 3_600_000;
                    default -> 60_000;
                };
        return unit * Long.parseLong(interval.group(1));
    }

    private static IllegalArgumentException malformed(
            String text, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException("sampling (" + text + ") must be " + RULE, cause);
    }

    /** What {@link #parse} takes, for messages. */
    public static final String RULE =
            "a rate such as 2fps or 0.5fps, an interval such as 10s, all, motion, or motion behind"
                    + " one of them such as 2fps+motion:0.5%:30s";

    /** What {@link #parse} reads as this. */
    public String toText() {
        List<String> parts = new ArrayList<>();
        if (!keepsEveryRate()) {
            parts.add(rateText());
        }
        if (motion != null) {
            parts.add(motion.toText());
        }
        return parts.isEmpty() ? "all" : String.join("+", parts);
    }

    private String rateText() {
        long period = wholePeriodMillis();
        boolean seldom = period > 0 && framesPerSecond < 1;
        return seldom ? period + "ms" : BigDecimal.valueOf(framesPerSecond).toPlainString() + "fps";
    }

    /**
     * The interval that a frame belongs to. Keep the frame if and only if this is greater than the
     * interval of the last frame kept ({@link #NO_INTERVAL} before the first), then remember it.
     *
     * @param frameTime event time in milliseconds
     */
    public long interval(long frameTime) {
        if (keepsEveryRate()) {
            return NO_INTERVAL;
        }
        long period = wholePeriodMillis();
        return period > 0
                ? Math.floorDiv(frameTime, period)
                : (long) Math.floor(frameTime * framesPerSecond / 1000.0);
    }

    /** Exact where the interval is whole milliseconds: one third has no exact rate. 0 otherwise. */
    private long wholePeriodMillis() {
        double period = 1000.0 / framesPerSecond;
        long whole = Math.round(period);
        return Math.abs(period - whole) < 1e-9 * period ? whole : 0;
    }

    /** Whether to keep a frame, given the interval of the last frame kept. */
    public boolean keeps(long frameTime, long lastInterval) {
        return keepsEveryRate() || interval(frameTime) > lastInterval;
    }
}
