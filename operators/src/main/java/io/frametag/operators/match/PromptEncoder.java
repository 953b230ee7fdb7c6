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

/**
 * Prompts to vectors. Each text in each template is encoded; the mean of a prompt's vectors is
 * scaled to length 1: the prompt ensemble of the CLIP paper (Radford et al., 2021, section 3.1.4).
 * Negatives go through the same templates, each to a vector of its own.
 *
 * <p>Takes from {@link TextVectors} what is known. Used by one thread; doesn't own the model.
 */
final class PromptEncoder {

    /** Texts that fit any picture about as well as any other; see {@link Baselines}. */
    private static final List<String> NEUTRAL =
            List.of("a photo", "a picture", "an image", "a scene");

    private final TextModel model;
    private final TextVectors known;

    PromptEncoder(TextModel model, TextVectors known) {
        this.model = model;
        this.known = known;
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

    /**
     * Encodes the texts of several prompts in one go, so that {@link #encode} finds them.
     *
     * @throws IllegalArgumentException if a prompt has a template without {@code {}}
     * @throws ModelException if the model fails, maybe at a single text
     */
    void encodeTexts(List<Prompt> prompts) throws ModelException {
        List<String> sentences = new ArrayList<>(NEUTRAL);
        for (Prompt prompt : prompts) {
            sentences.addAll(sentences(prompt.negatives(), prompt.templates()));
            sentences.addAll(sentences(prompt.texts(), prompt.templates()));
        }
        vectors(sentences);
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
        Map<String, float[]> vectors = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (String sentence : new LinkedHashSet<>(sentences)) {
            float[] vector = known.get(model.id(), sentence);
            if (vector == null) {
                missing.add(sentence);
            } else {
                vectors.put(sentence, vector);
            }
        }
        if (!missing.isEmpty()) {
            float[][] encoded = model.encode(missing);
            for (int i = 0; i < encoded.length; i++) {
                vectors.put(missing.get(i), encoded[i]);
                known.put(model.id(), missing.get(i), encoded[i]);
            }
        }
        return sentences.stream().map(vectors::get).toList();
    }
}
