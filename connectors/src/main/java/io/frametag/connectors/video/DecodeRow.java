package io.frametag.connectors.video;

import org.apache.flink.annotation.Experimental;

/**
 * One way of decoding, measured against the full decode of the same pictures.
 *
 * @param name what was decoded, and how
 * @param millis median time of one picture, or of the whole video
 * @param fastestMillis that of the fastest round
 * @param slowestMillis that of the slowest round
 * @param cropDifference mean absolute difference of what the model sees, in levels of 256
 * @param meanCosine of the embeddings with those of the full decode
 * @param leastCosine that of the picture that suffers most
 * @param sameLabels share of pictures whose most likely label is that of the full decode
 */
@Experimental
public record DecodeRow(
        String name,
        double millis,
        double fastestMillis,
        double slowestMillis,
        double cropDifference,
        double meanCosine,
        double leastCosine,
        double sameLabels) {

    /** Head of the table that {@link #toString} gives the rows of. */
    public static final String HEAD =
            "%-34s %8s %19s %7s %7s %7s %7s"
                    .formatted(
                            "decode", "ms", "fastest - slowest", "MAD", "cosine", "least", "same");

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%-34s %8.2f %8.2f - %8.2f %7.2f %7.4f %7.4f %6.1f%%",
                name,
                millis,
                fastestMillis,
                slowestMillis,
                cropDifference,
                meanCosine,
                leastCosine,
                100 * sameLabels);
    }
}
