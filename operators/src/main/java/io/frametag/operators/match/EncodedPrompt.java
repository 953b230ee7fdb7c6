package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.Prompt;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * A prompt and where it lies in the space it shares with the frames. The prompt itself is kept too,
 * so that another model can encode it anew.
 *
 * @param prompt as it was put
 * @param version of the change that put it
 * @param model which model encoded it
 * @param temperature of that model: what cosines are multiplied by before the softmax
 * @param vector mean of the embeddings of all texts in all templates, of length 1 (L2)
 * @param negatives one vector of length 1 for each of the prompt's negatives
 * @param neutral vector of a text that says nothing in particular
 */
@Internal
public record EncodedPrompt(
        Prompt prompt,
        long version,
        ModelId model,
        double temperature,
        float[] vector,
        List<float[]> negatives,
        float[] neutral) {

    public EncodedPrompt {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(vector, "vector");
        Objects.requireNonNull(neutral, "neutral");
        negatives = List.copyOf(negatives);
    }
}
