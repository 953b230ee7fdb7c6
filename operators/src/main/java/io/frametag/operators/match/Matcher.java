package io.frametag.operators.match;

import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores a frame against a prompt set. Stateless. */
final class Matcher implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Comparator<Tag> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble(Tag::probability).reversed().thenComparing(Tag::prompt);

    private final Thresholds thresholds;

    Matcher(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What a frame was found to show.
     *
     * @param tags that reached their threshold, most probable first
     * @param baselines of the stream after this frame
     */
    record Match(List<Tag> tags, Baselines baselines) {}

    Match match(FrameEmbedding frame, PromptSet prompts, Baselines baselines) {
        float[] scores = prompts.scores(frame.embedding());
        List<Tag> tags = new ArrayList<>();
        Map<String, Baselines.Baseline> next = new HashMap<>();
        for (Contest contest : prompts.contests(frame.stream())) {
            if (contest.alone()) {
                matchAlone(contest, prompts, scores, baselines, tags, next);
            } else {
                matchTogether(contest, prompts, scores, tags);
            }
        }
        tags.sort(MOST_PROBABLE_FIRST);
        return new Match(tags, new Baselines(next));
    }

    private void matchTogether(Contest contest, PromptSet prompts, float[] scores, List<Tag> tags) {
        double[] probabilities =
                contest.probabilities(scores, prompts.rowOfPrompt(), prompts.temperature());
        for (int i = 0; i < probabilities.length; i++) {
            int index = contest.prompts()[i];
            tag(prompts, index, scores, probabilities[i], false, tags);
        }
    }

    private void matchAlone(
            Contest contest,
            PromptSet prompts,
            float[] scores,
            Baselines baselines,
            List<Tag> tags,
            Map<String, Baselines.Baseline> next) {
        int index = contest.prompts()[0];
        EncodedPrompt encoded = prompts.prompt(index);
        String id = encoded.prompt().id();
        double score = scores[prompts.row(index)];
        Baselines.Baseline baseline = baselines.of(id, encoded.version());
        double above = score - baseline.against(scores[contest.contrasts()[0]]);
        double probability = 1 / (1 + Math.exp(-encoded.temperature() * above));
        tag(prompts, index, scores, probability, true, tags);
        next.put(id, baseline.plus(score));
    }

    private void tag(
            PromptSet prompts,
            int index,
            float[] scores,
            double probability,
            boolean alone,
            List<Tag> tags) {
        EncodedPrompt encoded = prompts.prompt(index);
        if (probability >= thresholds.of(encoded.prompt(), alone)) {
            tags.add(
                    new Tag(
                            encoded.prompt().id(),
                            encoded.version(),
                            encoded.prompt().label(),
                            scores[prompts.row(index)],
                            probability));
        }
    }
}
