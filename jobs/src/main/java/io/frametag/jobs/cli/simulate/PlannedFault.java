package io.frametag.jobs.cli.simulate;

import io.frametag.connectors.simulator.Fault;
import io.frametag.jobs.Durations;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault to come.
 *
 * @param camera name of the camera; null for all
 * @param fault to come
 * @param amount as the fault says
 * @param after how long from the start it comes
 * @param duration how long it stays; null for ever, or where it happens once
 */
record PlannedFault(
        @Nullable String camera,
        Fault fault,
        double amount,
        Duration after,
        @Nullable Duration duration) {

    private static final Pattern FORM =
            Pattern.compile("(?:([^:@=/]+):)?([a-zA-Z_-]+)(?:=(-?[0-9.]+))?@([^/]+)(?:/(.+))?");

    /**
     * Reads {@code [CAMERA:]NAME[=AMOUNT]@AFTER[/DURATION]}.
     *
     * @throws IllegalArgumentException with a line that names the text and the rule
     */
    static PlannedFault parse(String text) {
        Matcher parts = FORM.matcher(text.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "not of the form [CAMERA:]NAME[=AMOUNT]@AFTER[/DURATION]; give one such as"
                            + " stall@10s/5s");
        }
        Fault fault = Fault.of(parts.group(2));
        Duration duration = parts.group(5) == null ? null : Durations.parse(parts.group(5));
        if (duration != null && !fault.isLasting()) {
            throw new IllegalArgumentException(
                    fault.id() + " happens once; leave out /" + parts.group(5));
        }
        return new PlannedFault(
                parts.group(1),
                fault,
                amount(parts.group(3), fault),
                parts.group(4).matches("0(ms|s|m|h)?")
                        ? Duration.ZERO
                        : Durations.parse(parts.group(4)),
                duration);
    }

    private static double amount(@Nullable String given, Fault fault) {
        try {
            return given == null ? fault.usualAmount() : Double.parseDouble(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount '" + given + "' is no number", e);
        }
    }

    /** As in {@code stall for 5.0 s}. */
    String words() {
        String what =
                amount == fault.usualAmount()
                        ? fault.id()
                        : fault.id()
                                + " "
                                + (amount == Math.rint(amount) ? (long) amount + "" : amount);
        return duration == null ? what : what + " for " + Durations.format(duration);
    }
}
