package io.frametag.operators.match;

import io.frametag.models.ModelId;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the prompt set as a whole.
 *
 * @param setVersion changes so far
 * @param model by which its prompts are encoded; null before that is known
 * @param complete whether all prompts that were there at the start are in it
 */
@Internal
public record PromptSetFacts(long setVersion, @Nullable ModelId model, boolean complete) {

    static final PromptSetFacts NONE = new PromptSetFacts(0, null, false);

    /** Whether all prompts are there for frames that this model saw. */
    boolean isCompleteFor(ModelId frames) {
        return complete && frames.equals(model);
    }
}
