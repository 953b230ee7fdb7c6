package io.frametag.operators.model;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ExecutionProvider;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How the image encoder is to be run, as far as it is said. It travels with the job; what is left
 * open is decided on the machine that runs it, by its cores.
 *
 * @param lanes batches that are encoded at a time; null: by the cores, or two on a GPU
 * @param threads that one run is spread over; null: by the cores and lanes
 * @param provider what it runs on
 * @param device which of the provider's devices, from 0
 */
@Internal
public record EncoderSettings(
        @Nullable Integer lanes, @Nullable Integer threads, ExecutionProvider provider, int device)
        implements Serializable {

    /** All by the machine, on its processor. */
    public static final EncoderSettings DEFAULT =
            new EncoderSettings(null, null, ExecutionProvider.CPU, 0);

    /** One that runs, and one whose pictures are on their way to the GPU or back. */
    private static final int GPU_LANES = 2;

    public EncoderSettings {
        Objects.requireNonNull(provider, "provider");
    }

    /** For a machine of that many cores. */
    public EncoderOptions on(int cores) {
        EncoderOptions options = EncoderOptions.inLanes(cores).withProvider(provider, device);
        options = provider == ExecutionProvider.CPU ? options : options.withLanes(GPU_LANES, 1);
        options = lanes == null ? options : options.withLanes(lanes, cores);
        return threads == null ? options : options.withIntraOpThreads(threads);
    }
}
