package io.frametag.operators.sample;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.PublicEvolving;

/**
 * How much must have changed in a picture for it to be looked at.
 *
 * <p>Pictures are compared as {@link LumaGrid}s, with the last one kept: what changes slowly adds
 * up until it is seen. The measure is the share of cells whose luma differs by more than {@value
 * LumaGrid#CHANGED_LEVELS} of 256 grey levels. A cell is the mean of many pixels, so that noise
 * stays far below that, while a small thing that moves changes a few cells by much; a mean over the
 * whole picture would tell neither from the other.
 *
 * @param changedShare of the cells that must have changed, from 0 to 1: a frame is kept where more
 *     have
 * @param atLeastEvery a frame is kept also where nothing moves, that long after the last one kept
 */
@PublicEvolving
public record Motion(double changedShare, Duration atLeastEvery) implements Serializable {

    static final String WORD = "motion";

    private static final Pattern TEXT =
            Pattern.compile("motion(?::(\\d{0,3}\\.?\\d{1,6})%)?(?::(\\w+))?");
    private static final Motion DEFAULT = new Motion(0.005, Duration.ofSeconds(10));

    public Motion {
        if (!(changedShare >= 0 && changedShare < 1)) {
            throw new IllegalArgumentException(
                    "changed share (" + changedShare + ") must be >= 0 and < 1");
        }
        if (atLeastEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "at least every (" + atLeastEvery + ") must be >= 1 ms");
        }
    }

    /** More than 0.5 % of the picture, and a frame every 10 seconds at least. */
    public static Motion defaults() {
        return DEFAULT;
    }

    /**
     * Parses {@code motion}, {@code motion:0.5%}, {@code motion:10s} or {@code motion:0.5%:10s}.
     */
    public static Motion parse(String text) {
        Matcher parts = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "motion (" + text + ") must be such as motion, motion:0.5% or motion:0.5%:30s");
        }
        String percent = parts.group(1);
        String longest = parts.group(2);
        return new Motion(
                percent == null ? DEFAULT.changedShare : Double.parseDouble(percent) / 100,
                longest == null
                        ? DEFAULT.atLeastEvery
                        : Duration.ofMillis(Sampling.millis(longest)));
    }

    /** What {@link #parse} reads as this, to a millionth of a per cent. */
    String toText() {
        String percent =
                BigDecimal.valueOf(100 * changedShare)
                        .setScale(6, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
        return WORD + ":" + percent + "%:" + atLeastEvery.toMillis() + "ms";
    }
}
