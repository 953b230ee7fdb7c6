package io.frametag.operators.data;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's frames are owed when more of them come than can be encoded.
 *
 * <p><b>Complete</b>: every frame is encoded, and the source is held back meanwhile. <b>Live</b>:
 * the newest frame goes first. One that still waits when a newer one of its stream comes is dropped
 * as {@code superseded}, one that is too old to be worth encoding as {@code stale}; both are
 * counted.
 *
 * <p>Immutable.
 *
 * @param live whether freshness goes before completeness
 * @param maxStaleness age, counted from its arrival, beyond which a live frame is not encoded any
 *     more; null where the job's own limit holds
 */
@PublicEvolving
public record Delivery(boolean live, @Nullable Duration maxStaleness) implements Serializable {

    private static final Delivery COMPLETE = new Delivery(false, null);
    private static final Delivery LIVE = new Delivery(true, null);
    private static final Pattern LIVE_WITHIN = Pattern.compile("live:(\\d{1,9})(ms|s)");

    public Delivery {
        if (maxStaleness != null && (!live || maxStaleness.toMillis() < 1)) {
            throw new IllegalArgumentException(
                    "staleness limit ("
                            + maxStaleness
                            + ") must be >= 1 ms, and only live streams have one");
        }
    }

    /** Every frame, in its time. */
    public static Delivery complete() {
        return COMPLETE;
    }

    /** The freshest frames, within the job's limit ({@code frametag.live.max-staleness}). */
    public static Delivery freshest() {
        return LIVE;
    }

    /** The freshest frames, none encoded that is older than that. */
    public static Delivery freshest(Duration maxStaleness) {
        return new Delivery(true, maxStaleness);
    }

    /**
     * Parses {@code complete}, {@code live} or a live stream with its own limit, {@code live:500ms}
     * or {@code live:2s}.
     */
    public static Delivery parse(String text) {
        String value = text.trim().toLowerCase(Locale.ROOT);
        Matcher within = LIVE_WITHIN.matcher(value);
        if (within.matches() && Long.parseLong(within.group(1)) > 0) {
            long count = Long.parseLong(within.group(1));
            return freshest(Duration.ofMillis(within.group(2).equals("s") ? 1_000 * count : count));
        }
        return switch (value) {
            case "complete" -> COMPLETE;
            case "live" -> LIVE;
            default ->
                    throw new IllegalArgumentException(
                            "delivery (" + text + ") must be complete, live, or live:2s");
        };
    }
}
