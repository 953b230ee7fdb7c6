package io.frametag.operators.match;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.model.TextModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prompts to vectors. Each text in each template is encoded; the mean of a prompt's vectors is
 * scaled to length 1: the prompt ensemble of the CLIP paper (Radford et al., 2021, section 3.1.4).
 * Negatives go through the same templates, each to a vector of its own.
 *
 * <p>Remembers the last {@value #MAX_CACHED} texts. Used by one thread; doesn't own the model.
 */
final class PromptEncoder {

    private static final int MAX_CACHED = 4_096;

    /** Texts that fit any picture about as well as any other; see {@link Baselines}. */
    private static final List<String> NEUTRAL =
            List.of("a photo", "a picture", "an image", "a scene");

    private final TextModel model;
    private final Map<String, float[]> cache =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                    return size() > MAX_CACHED;
                }
            };

    PromptEncoder(TextModel model) {
        this.model = model;
    }

    ModelId model() {
        return model.id();
    }

    /**
     * @throws IllegalArgumentException if the prompt has no text or a template no {@code {}}
     * @throws ModelException if the model fails
     */
    EncodedPrompt encode(Prompt prompt, long version) throws ModelException {
        if (prompt.texts().isEmpty()) {
            throw new IllegalArgumentException("prompt '" + prompt.id() + "' must have a text");
        }
        List<float[]> negatives = new ArrayList<>();
        for (String negative : prompt.negatives()) {
            negatives.add(mean(sentences(List.of(negative), prompt.templates())));
        }
        return new EncodedPrompt(
                prompt,
                version,
                model.id(),
                model.temperature(),
                mean(sentences(prompt.texts(), prompt.templates())),
                negatives,
                mean(NEUTRAL));
    }

    private static List<String> sentences(List<String> texts, List<String> templates) {
        if (templates.isEmpty()) {
            return texts;
        }
        List<String> sentences = new ArrayList<>();
        for (String template : templates) {
            if (!template.contains("{}")) {
                throw new IllegalArgumentException(
                        "template '" + template + "' must contain {} where the text goes");
            }
            for (String text : texts) {
                sentences.add(template.replace("{}", text));
            }
        }
        return sentences;
    }

    private float[] mean(List<String> sentences) throws ModelException {
        double[] sum = null;
        for (float[] vector : vectors(sentences)) {
            sum = sum == null ? new double[vector.length] : sum;
            for (int i = 0; i < vector.length; i++) {
                sum[i] += vector[i];
            }
        }
        return normalised(sum);
    }

    private static float[] normalised(double[] sum) throws ModelException {
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            throw new ModelException("the texts' embeddings have no mean direction; reword them");
        }
        double length = Math.sqrt(squares);
        float[] vector = new float[sum.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }

    private List<float[]> vectors(List<String> sentences) throws ModelException {
        Set<String> missing = new LinkedHashSet<>(sentences);
        missing.removeAll(cache.keySet());
        Map<String, float[]> fresh = new LinkedHashMap<>();
        if (!missing.isEmpty()) {
            List<String> texts = List.copyOf(missing);
            float[][] encoded = model.encode(texts);
            for (int i = 0; i < texts.size(); i++) {
                fresh.put(texts.get(i), encoded[i]);
            }
        }
        List<float[]> vectors = new ArrayList<>(sentences.size());
        for (String sentence : sentences) {
            float[] known = fresh.get(sentence);
            vectors.add(known != null ? known : cache.get(sentence));
        }
        cache.putAll(fresh);
        return vectors;
    }
}
