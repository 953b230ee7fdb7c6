package io.frametag.operators.match;

import io.frametag.models.ModelId;
import org.apache.flink.annotation.Internal;

/** One step of the prompt set, as it is broadcast. Steps are numbered by the changes so far. */
@Internal
public sealed interface PromptSetChange {

    /** Changes that the prompt set has had, this one included. */
    long setVersion();

    /** The prompt is in the set from now on, in place of one of the same id. */
    record Put(long setVersion, EncodedPrompt prompt) implements PromptSetChange {}

    /** The prompt is not in the set any more. */
    record Delete(long setVersion, String id) implements PromptSetChange {}

    /** All prompts that were there at the start are in the set, encoded by that model. */
    record Complete(long setVersion, ModelId model) implements PromptSetChange {}
}
