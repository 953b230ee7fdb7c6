package io.frametag.operators.model;

import io.frametag.models.EncoderOptions;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How the image encoder is to be run, as far as it is said. It travels with the job; what is left
 * open is decided on the machine that runs it, by its cores.
 *
 * @param lanes batches that are encoded at a time; null: by the cores
 * @param threads that one run is spread over; null: by the cores and lanes
 */
@Internal
public record EncoderSettings(@Nullable Integer lanes, @Nullable Integer threads)
        implements Serializable {

    /** All by the machine. */
    public static final EncoderSettings DEFAULT = new EncoderSettings(null, null);

    /** For a machine of that many cores. */
    EncoderOptions on(int cores) {
        EncoderOptions options = EncoderOptions.inLanes(cores);
        options = lanes == null ? options : options.withLanes(lanes, cores);
        return threads == null ? options : options.withIntraOpThreads(threads);
    }
}
