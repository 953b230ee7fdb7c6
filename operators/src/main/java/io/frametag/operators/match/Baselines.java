package io.frametag.operators.match;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What prompts that stand alone usually score on one stream. Holds only prompts that are in the
 * set, so it is bounded by their number. Immutable.
 *
 * <p>The baseline of a prompt lies between the score of a neutral text on the same frame and the
 * prompt's own mean score on this camera:
 *
 * <pre>
 * h        = 1/2 · min(1, frames / 64)
 * baseline = (1 - h) · neutral + h · mean
 * mean    += (score - mean) / min(frames, 512)      after each frame
 * </pre>
 *
 * <p>So a new prompt is judged against the neutral text alone; the camera's own history comes in
 * over its first 64 frames and takes out what the scene adds to every score. It never gets more
 * than half the weight, so what is always in view does not fade from the tags.
 */
@Internal
public record Baselines(Map<String, Baseline> byPrompt) {

    static final Baselines NONE = new Baselines(Map.of());

    static final int WARM_UP_FRAMES = 64;
    static final int HORIZON_FRAMES = 512;

    public Baselines {
        byPrompt = Map.copyOf(byPrompt);
    }

    /** That of the prompt, at its beginning where this version of it is new here. */
    Baseline of(String prompt, long version) {
        @Nullable Baseline known = byPrompt.get(prompt);
        return known != null && known.version == version ? known : new Baseline(version, 0, 0);
    }

    /**
     * Of one prompt.
     *
     * @param version of the prompt
     * @param frames seen so far
     * @param mean exponential mean of its scores
     */
    public record Baseline(long version, long frames, double mean) {

        double against(double neutral) {
            double history = 0.5 * Math.min(1.0, (double) frames / WARM_UP_FRAMES);
            return (1 - history) * neutral + history * mean;
        }

        Baseline plus(double score) {
            long count = frames + 1;
            double next = mean + (score - mean) / Math.min(count, HORIZON_FRAMES);
            return new Baseline(version, count, next);
        }
    }
}
