package io.frametag.models.conformance;

/**
 * One comparison with the reference.
 *
 * @param subject the model, {@code tokenizer} or {@code preprocessing}
 * @param what was compared, such as {@code image pattern 0 512x512}
 * @param measure what {@code value} is, such as {@code cosine}
 * @param value what was found
 * @param bound what {@code value} must reach, or for a difference not pass
 * @param passed whether it does
 */
public record ConformanceRow(
        String subject, String what, String measure, double value, double bound, boolean passed) {

    static ConformanceRow cosine(String subject, String what, double value, double bound) {
        return new ConformanceRow(subject, what, "cosine", value, bound, value >= bound);
    }

    /** The line above the lines of a table. */
    public static String heading() {
        return line("SUBJECT", "COMPARED", "MEASURE", "FOUND", "BOUND", "");
    }

    /** One line of a table. */
    @Override
    public String toString() {
        String found = "%.7f".formatted(value);
        return line(subject, what, measure, found, "" + bound, passed ? "pass" : "FAIL");
    }

    private static String line(
            String subject, String what, String measure, String found, String bound, String end) {
        return "%-16s  %-32s  %-15s  %10s  %6s  %s"
                .formatted(subject, what, measure, found, bound, end)
                .stripTrailing();
    }
}
