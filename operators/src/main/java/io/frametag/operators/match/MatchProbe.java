package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * Matching by itself, on prompts and frames of random vectors, so that it can be measured. The
 * prompts are one group, as the labels of a vocabulary are; frames show one of them, from not at
 * all to clearly, by turns. Not thread-safe.
 */
@Internal
public final class MatchProbe {

    private static final int FRAMES = 8;

    /** Cosine of a frame and the prompt that it shows most clearly. */
    private static final float CLEAREST = 0.35f;

    private static final ModelId MODEL = new ModelId("random", "0");

    private final Matcher matcher = new Matcher(new Thresholds(0.3, 0.7));
    private final List<float[]> vectors = new ArrayList<>();
    private final PromptSet prompts;
    private final PromptMatrix matrix;
    private final List<FrameEmbedding> frames = new ArrayList<>();
    private int turn;

    /**
     * @param count of prompts
     * @param dimension of their vectors
     */
    public MatchProbe(int count, int dimension) {
        Random random = new Random(1);
        float[] neutral = unit(random, dimension);
        List<EncodedPrompt> encoded = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = unit(random, dimension);
            String id = "prompt-" + i;
            Prompt prompt =
                    new Prompt(id, id, List.of(id), List.of(), List.of(), "all", null, Set.of());
            vectors.add(vector);
            encoded.add(new EncodedPrompt(prompt, 1, MODEL, 100, vector, List.of(), neutral));
        }
        prompts = new PromptSet(MODEL, encoded);
        matrix = new PromptMatrix(vectors);
        for (int i = 0; i < FRAMES; i++) {
            frames.add(frame(unit(random, dimension), vectors.get(random.nextInt(count)), i));
        }
    }

    /** One that shows a prompt more clearly the higher its number is; the first shows none. */
    private static FrameEmbedding frame(float[] noise, float[] prompt, int number) {
        float[] vector = noise.clone();
        float weight = CLEAREST * number / (FRAMES - 1);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = weight * prompt[i] + (float) Math.sqrt(1 - weight * weight) * noise[i];
        }
        return new FrameEmbedding("stream", number, 0, 0, MODEL, vector);
    }

    private FrameEmbedding next() {
        turn = (turn + 1) % FRAMES;
        return frames.get(turn);
    }

    private static float[] unit(Random random, int dimension) {
        float[] vector = new float[dimension];
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    /** Matches a frame as the operator does; returns the number of its tags. */
    public int match() {
        return matcher.match(next(), prompts, Baselines.NONE).tags().size();
    }

    /** All scores in full; returns the best. */
    public float bestByMatrix() {
        return best(matrix.scores(next().embedding()));
    }

    private static float best(float[] scores) {
        float best = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            best = Math.max(best, score);
        }
        return best;
    }

    /** The same scores as a plain loop would have them, prompt by prompt; returns the best. */
    public float bestByLoop() {
        float best = Float.NEGATIVE_INFINITY;
        float[] embedding = next().embedding();
        for (float[] vector : vectors) {
            float sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += vector[i] * embedding[i];
            }
            best = Math.max(best, sum);
        }
        return best;
    }
}
