package io.frametag.operators.match;

import io.frametag.operators.data.Prompt;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * From which probability on a tag is emitted, where the prompt does not say.
 *
 * @param contested for prompts with a group or negatives
 * @param alone for prompts without
 */
@Internal
public record Thresholds(double contested, double alone) implements Serializable {

    double of(Prompt prompt, boolean isAlone) {
        return prompt.threshold() != null ? prompt.threshold() : isAlone ? alone : contested;
    }
}
