package io.frametag.operators.encode;

import io.frametag.operators.sample.Motion;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Which frames the encoder is spared.
 *
 * @param maxStaleness age beyond which a live frame that names no limit of its own is dropped
 * @param motion what a frame must show to be encoded; null for nothing
 * @param reuseShare share of a picture, from 0 to 1, that may have changed for its frame to get the
 *     embedding of the one before; 0 for none: every frame is encoded
 */
@Internal
public record EncodePolicy(Duration maxStaleness, @Nullable Motion motion, double reuseShare)
        implements Serializable {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    public EncodePolicy {
        if (maxStaleness.toMillis() < 1 || !(reuseShare >= 0 && reuseShare < 1)) {
            throw new IllegalArgumentException(
                    "staleness limit (%s) and reuse share (%s) must be >= 1 ms, and >= 0 and < 1"
                            .formatted(maxStaleness, reuseShare));
        }
    }

    /** Every frame is encoded, live ones up to an age of two seconds. */
    public static EncodePolicy encodeAll() {
        return new EncodePolicy(TWO_SECONDS, null, 0);
    }

    /** Whether a frame's picture has to be looked at. */
    boolean looksAtPictures() {
        return motion != null || reuseShare > 0;
    }
}
