package io.frametag.operators.data;

import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/** Why the sampling left a frame out, in the words that counters are kept by. */
@PublicEvolving
public final class SampledOut {

    /** Its time came too soon after that of the last frame kept. */
    public static final String RATE = "rate";

    /** Nothing moved since the last frame kept. */
    public static final String MOTION = "motion";

    /** It is no keyframe, and only those are decoded. */
    public static final String KEYFRAME = "keyframe";

    private SampledOut() {}

    /** That many frames for that reason; empty for none. */
    public static Map<String, Long> of(String reason, long frames) {
        return frames == 0 ? Map.of() : Map.of(reason, frames);
    }
}
