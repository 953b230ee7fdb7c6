package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contests of many against the plain softmax over plain loops. */
final class ShortlistTest {

    private static final ModelId MODEL = new ModelId("m", "0");
    private static final int SIZE = 64;
    private static final double TEMPERATURE = 40;

    private static final Comparator<Tag> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble(Tag::probability).reversed();

    private final Random random = new Random(7);

    private float[] unit(float... towards) {
        float[] vector = new float[SIZE];
        double squares = 0;
        for (int i = 0; i < SIZE; i++) {
            vector[i] = (float) random.nextGaussian() / 8 + (i < towards.length ? towards[i] : 0);
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < SIZE; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static EncodedPrompt prompt(
            int number, float[] vector, @Nullable Double threshold, List<float[]> negatives) {
        String id = "p%05d".formatted(number);
        List<String> texts = negatives.stream().map(Arrays::toString).toList();
        Prompt prompt = new Prompt(id, id, List.of(id), List.of(), texts, "g", threshold, Set.of());
        return new EncodedPrompt(prompt, 1, MODEL, TEMPERATURE, vector, negatives, new float[SIZE]);
    }

    private List<EncodedPrompt> group(int count) {
        List<EncodedPrompt> prompts = new ArrayList<>();
        List<float[]> negatives = List.of(unit(), unit());
        for (int i = 0; i < count; i++) {
            prompts.add(prompt(i, unit(), null, i % 50 == 0 ? negatives : List.of()));
        }
        return prompts;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** Probability of each prompt by id. */
    private static Map<String, Double> plain(List<EncodedPrompt> prompts, float[] frame) {
        List<float[]> contrasts = new ArrayList<>();
        for (EncodedPrompt prompt : prompts) {
            prompt.negatives().stream()
                    .filter(n -> contrasts.stream().noneMatch(known -> Arrays.equals(known, n)))
                    .forEach(contrasts::add);
        }
        Map<String, Double> shares = new TreeMap<>();
        prompts.forEach(
                p -> shares.put(p.prompt().id(), Math.exp(TEMPERATURE * dot(p.vector(), frame))));
        double sum = shares.values().stream().mapToDouble(v -> v).sum();
        for (float[] contrast : contrasts) {
            sum += Math.exp(TEMPERATURE * dot(contrast, frame));
        }
        double all = sum;
        shares.replaceAll((id, share) -> share / all);
        return shares;
    }

    private static List<Tag> tags(List<EncodedPrompt> prompts, float[] frame, double threshold) {
        Matcher matcher = new Matcher(new Thresholds(threshold, 1));
        FrameEmbedding embedding = new FrameEmbedding("s", 0, 0, 0, MODEL, frame);
        return matcher.match(embedding, new PromptSet(MODEL, prompts), Baselines.NONE).tags();
    }

    private static void agree(List<EncodedPrompt> prompts, float[] frame, double threshold) {
        Map<String, Double> expected = plain(prompts, frame);
        List<Tag> tags = tags(prompts, frame, threshold);

        List<String> reached =
                expected.keySet().stream().filter(id -> expected.get(id) >= threshold).toList();
        assertThat(tags).extracting(Tag::prompt).containsExactlyInAnyOrderElementsOf(reached);
        assertThat(tags).isSortedAccordingTo(MOST_PROBABLE_FIRST);
        for (Tag tag : tags) {
            double probability = expected.get(tag.prompt());
            EncodedPrompt prompt = prompts.get(Integer.parseInt(tag.prompt().substring(1)));
            assertThat(tag.score()).isCloseTo(dot(prompt.vector(), frame), within(1e-6));
            assertThat(tag.probability())
                    .isCloseTo(probability, within(Shortlist.TOLERANCE * probability));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.3", "0.05", "0.001", "0.00001", "0"})
    void tagsAreThoseOfThePlainLoop(double threshold) {
        List<EncodedPrompt> prompts = group(700);
        for (int i = 0; i < 20; i++) {
            float[] frame = unit();
            float[] shown = prompts.get(i).vector();
            for (int d = 0; d < SIZE; d++) {
                frame[d] = (i * frame[d] + (20 - i) * shown[d]) / 20;
            }
            agree(prompts, frame, threshold);
        }
    }

    /** Nearly equal scores, a threshold between them closer than rough scores can tell. */
    @Test
    void nearTiesAtTheThresholdAreDecidedByExactScores() {
        List<EncodedPrompt> prompts = group(300);
        float[] frame = unit();
        for (int i = 0; i < 3; i++) {
            float[] twin = frame.clone();
            twin[i] += 0.001f * (i + 1);
            prompts.set(i, prompt(i, twin, null, List.of()));
        }
        List<Double> most =
                plain(prompts, frame).values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(3)
                        .toList();
        for (double probability : most) {
            agree(prompts, frame, probability * (1 - 1e-4));
            agree(prompts, frame, probability * (1 + 1e-4));
        }
    }

    @Test
    void aPromptsOwnLowThresholdIsKept() {
        List<EncodedPrompt> prompts = group(400);
        float[] frame = prompts.get(3).vector();
        double low = plain(prompts, frame).get("p00009");
        EncodedPrompt own = prompts.get(9);
        prompts.set(9, prompt(9, own.vector(), low / 2, List.of()));

        assertThat(tags(prompts, frame, 0.5))
                .extracting(Tag::prompt)
                .containsExactly("p00003", "p00009");
        prompts.set(9, prompt(9, own.vector(), low * 2, List.of()));
        assertThat(tags(prompts, frame, 0.5)).extracting(Tag::prompt).containsExactly("p00003");
    }

    @Test
    void usuallyAProbabilityIsOffByFarLess() {
        List<EncodedPrompt> prompts = group(1_000);
        float[] frame = unit();
        float[] shown = prompts.get(5).vector();
        for (int d = 0; d < SIZE; d++) {
            frame[d] = 0.36f * shown[d] + 0.93f * frame[d];
        }
        double expected = plain(prompts, frame).get("p00005");

        List<Tag> tags = tags(prompts, frame, 0.3);

        assertThat(expected).isBetween(0.3, 0.99);
        assertThat(tags.get(0).probability()).isCloseTo(expected, within(1e-3 * expected));
    }

    @Test
    void aFrameThatIsNoNumberHasNoTags() {
        float[] frame = unit();
        frame[3] = Float.NaN;

        assertThat(tags(group(300), frame, 0)).isEmpty();
    }
}
