package io.frametag.connectors.video;

import java.util.Locale;
import org.apache.flink.annotation.Experimental;

/**
 * One way of decoding, measured beside FFmpeg alone and compared with the exact way.
 *
 * @param name what was decoded, and how
 * @param millis median processor time of one picture or frame
 * @param fastestMillis that of the fastest round
 * @param slowestMillis that of the slowest round
 * @param ratio to the time of FFmpeg alone in the same round, median
 * @param cropDifference mean absolute difference of what the model sees, in levels of 256; this and
 *     what follows is NaN where no pictures are made
 * @param meanCosine of the embeddings with those of the exact way
 * @param leastCosine that of the picture that suffers most
 * @param sameLabels share of pictures whose most likely label is that of the exact way
 */
@Experimental
public record DecodeRow(
        String name,
        double millis,
        double fastestMillis,
        double slowestMillis,
        double ratio,
        double cropDifference,
        double meanCosine,
        double leastCosine,
        double sameLabels) {

    /** Head of the table that {@link #toString} gives the rows of. */
    public static final String HEAD =
            "%-44s %8s %19s %6s %7s %7s %7s %7s"
                    .formatted(
                            "decode, processor time of one picture",
                            "ms",
                            "fastest - slowest",
                            "x (c)",
                            "MAD",
                            "cosine",
                            "least",
                            "same");

    @Override
    public String toString() {
        String times =
                String.format(
                        Locale.ROOT,
                        "%-44s %8.2f %8.2f - %8.2f %6.2f",
                        name,
                        millis,
                        fastestMillis,
                        slowestMillis,
                        ratio);
        return Double.isNaN(meanCosine)
                ? times
                : times
                        + String.format(
                                Locale.ROOT,
                                " %7.2f %7.4f %7.4f %6.1f%%",
                                cropDifference,
                                meanCosine,
                                leastCosine,
                                100 * sameLabels);
    }
}
