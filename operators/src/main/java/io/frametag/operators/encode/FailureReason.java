package io.frametag.operators.encode;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Why a frame failed here, in the words that counters are kept by. Those of pictures that can't be
 * decoded are in {@link io.frametag.models.picture.PictureException}.
 */
@PublicEvolving
public final class FailureReason {

    /** The frame was not encoded within the timeout. */
    public static final String TIMEOUT = "timeout";

    /** The model's run failed. */
    public static final String ENCODER_ERROR = "encoder-error";

    /** The decoder failed in a way that says nothing about the picture. */
    public static final String DECODER_ERROR = "decoder-error";

    /** More frames at once than the process takes. */
    public static final String OVERLOADED = "overloaded";

    private FailureReason() {}
}
