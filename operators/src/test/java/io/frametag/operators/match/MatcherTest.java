package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MatcherTest {

    private static final ModelId MODEL = new ModelId("m", "0");
    private static final double TEMPERATURE = 10;

    private final Matcher all = new Matcher(new Thresholds(0, 0));

    private static float[] unit(Random random, int size) {
        double[] values = random.doubles(size, -1, 1).toArray();
        double length = Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = (float) (values[i] / length);
        }
        return vector;
    }

    private static FrameEmbedding frame(String stream, float... vector) {
        return new FrameEmbedding(stream, 0, 0, 0, MODEL, vector);
    }

    private static EncodedPrompt prompt(
            String id, @Nullable String group, float[] vector, float[]... negatives) {
        return prompt(id, group, null, Set.of(), vector, negatives);
    }

    private static EncodedPrompt prompt(
            String id,
            @Nullable String group,
            @Nullable Double threshold,
            Set<String> streams,
            float[] vector,
            float[]... negatives) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < negatives.length; i++) {
            texts.add("negative " + i);
        }
        return new EncodedPrompt(
                new Prompt(id, id, List.of(id), List.of(), texts, group, threshold, streams),
                1,
                MODEL,
                TEMPERATURE,
                vector,
                List.of(negatives),
                new float[vector.length]);
    }

    private List<Tag> tags(FrameEmbedding frame, EncodedPrompt... prompts) {
        return all.match(frame, new PromptSet(MODEL, List.of(prompts)), Baselines.NONE).tags();
    }

    private static double probability(List<Tag> tags, String id) {
        return tags.stream().filter(t -> t.prompt().equals(id)).findFirst().get().probability();
    }

    @Test
    void theMatrixAgreesWithPlainDotProducts() {
        Random random = new Random(1);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 37; i++) {
            vectors.add(unit(random, 513));
        }
        float[] frame = unit(random, 513);

        float[] scores = new PromptMatrix(vectors).scores(frame);

        for (int i = 0; i < vectors.size(); i++) {
            double expected = 0;
            for (int d = 0; d < 513; d++) {
                expected += (double) vectors.get(i)[d] * frame[d];
            }
            assertThat((double) scores[i]).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void aGroupSharesOutTheSoftmaxAtTheModelsTemperature() {
        List<Tag> tags =
                tags(
                        frame("s", 1, 0),
                        prompt("a", "g", new float[] {0.5f, 0}),
                        prompt("b", "g", new float[] {0.3f, 0}, new float[] {0.1f, 0}));

        double sum = Math.exp(5) + Math.exp(3) + Math.exp(1);
        assertThat(probability(tags, "a")).isCloseTo(Math.exp(5) / sum, within(1e-6));
        assertThat(probability(tags, "b")).isCloseTo(Math.exp(3) / sum, within(1e-6));
        assertThat(tags).extracting(Tag::prompt).containsExactly("a", "b");
        assertThat(tags.get(0).score()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aNegativeThatIsNamedTwiceOrIsALabelOfTheGroupCountsOnce() {
        float[] cat = {0.3f, 0};
        float[] nothing = {0.1f, 0};
        List<Tag> tags =
                tags(
                        frame("s", 1, 0),
                        prompt("dog", "g", new float[] {0.5f, 0}, nothing, cat),
                        prompt("cat", "g", cat, nothing));

        double sum = Math.exp(5) + Math.exp(3) + Math.exp(1);
        assertThat(probability(tags, "dog")).isCloseTo(Math.exp(5) / sum, within(1e-6));
    }

    @Test
    void withNegativesAPromptCompetesWithThemAlone() {
        List<Tag> tags =
                tags(
                        frame("s", 1, 0),
                        prompt("a", null, new float[] {0.5f, 0}, new float[] {0.4f, 0}),
                        prompt("b", null, new float[] {0.9f, 0}, new float[] {0.4f, 0}));

        double expected = Math.exp(5) / (Math.exp(5) + Math.exp(4));
        assertThat(probability(tags, "a")).isCloseTo(expected, within(1e-6));
    }

    @Test
    void promptsOfOtherStreamsTakeNoPart() {
        EncodedPrompt here = prompt("here", "g", new float[] {0.5f, 0}, new float[] {0.4f, 0});
        EncodedPrompt there = prompt("there", "g", null, Set.of("other"), new float[] {0.9f, 0});

        List<Tag> tags = tags(frame("s", 1, 0), here, there);

        double expected = Math.exp(5) / (Math.exp(5) + Math.exp(4));
        assertThat(tags).extracting(Tag::prompt).containsExactly("here");
        assertThat(probability(tags, "here")).isCloseTo(expected, within(1e-6));
        assertThat(tags(frame("other", 1, 0), here, there)).hasSize(2);
    }

    @Test
    void aGroupOfOneIsNotCertainButStandsAlone() {
        List<Tag> tags = tags(frame("s", 1, 0), prompt("a", "g", new float[] {0.2f, 0}));

        assertThat(probability(tags, "a")).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
    }

    @Test
    void aPromptAloneIsJudgedAgainstTheNeutralTextAndThenItsOwnHistory() {
        PromptSet set = new PromptSet(MODEL, List.of(prompt("a", null, new float[] {0.2f, 0})));
        Baselines baselines = Baselines.NONE;
        double first = 0;
        double last = 0;
        for (int i = 0; i < 200; i++) {
            Matcher.Match match = all.match(frame("s", 1, 0), set, baselines);
            last = match.tags().get(0).probability();
            first = i == 0 ? last : first;
            baselines = match.baselines();
        }

        assertThat(first).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-6));
        // Half of what is always there is taken out, never more.
        assertThat(last).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
        assertThat(baselines.byPrompt().get("a").frames()).isEqualTo(200);
    }

    @Test
    void historyIsForgottenWithThePromptAndItsVersion() {
        Baselines known =
                new Baselines(
                        java.util.Map.of(
                                "a", new Baselines.Baseline(7, 100, 0.5),
                                "gone", new Baselines.Baseline(1, 100, 0.5)));
        PromptSet set = new PromptSet(MODEL, List.of(prompt("a", null, new float[] {0.2f, 0})));

        Baselines next = all.match(frame("s", 1, 0), set, known).baselines();

        assertThat(next.byPrompt()).containsOnlyKeys("a");
        assertThat(next.byPrompt().get("a").frames()).isEqualTo(1);
    }

    @Test
    void thePromptsThresholdComesBeforeTheJobs() {
        Matcher matcher = new Matcher(new Thresholds(0.3, 0.7));
        float[] low = {0.1f, 0};
        float[] high = {0.2f, 0};
        PromptSet set =
                new PromptSet(
                        MODEL,
                        List.of(
                                prompt("default", "g", low),
                                prompt("own", "g", 0.01, Set.of(), low),
                                prompt("most", "g", high),
                                prompt("rare", "g", 0.9, Set.of(), high),
                                prompt("alone", null, low)));

        List<Tag> tags = matcher.match(frame("s", 1, 0), set, Baselines.NONE).tags();

        assertThat(tags).extracting(Tag::prompt).containsExactly("alone", "most", "own");
    }

    @Test
    void promptsOfAnotherModelAreLeftOut() {
        PromptSet set =
                new PromptSet(
                        new ModelId("other", "0"),
                        List.of(prompt("a", null, new float[] {0.2f, 0})));

        assertThat(all.match(frame("s", 1, 0), set, Baselines.NONE).tags()).isEmpty();
    }
}
