package io.frametag.operators.match;

import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.Tag;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * @param baselines of the stream after this frame; the same object where nothing is new
     */
    record Match(List<Tag> tags, Baselines baselines) {}

    Match match(FrameEmbedding frame, PromptSet prompts, Baselines baselines) {
        FrameScores scores = prompts.scores(frame.stream(), frame.embedding());
        List<Tag> tags = new ArrayList<>();
        Map<String, Baselines.Baseline> next = new HashMap<>(2 * baselines.byPrompt().size());
        for (Contest contest : prompts.contests(frame.stream())) {
            if (contest.alone()) {
                matchAlone(contest, prompts, scores, baselines, tags, next);
            } else {
                matchTogether(contest, prompts, scores, tags);
            }
        }
        tags.sort(MOST_PROBABLE_FIRST);
        boolean none = next.isEmpty() && baselines.byPrompt().isEmpty();
        return new Match(tags, none ? baselines : new Baselines(next));
    }

    private void matchTogether(
            Contest contest, PromptSet prompts, FrameScores scores, List<Tag> tags) {
        if (contest.size() >= PromptRows.LARGE_GROUP && scores.isNear()) {
            Shortlist.@Nullable Result few = Shortlist.of(contest, scores, prompts, thresholds);
            if (few != null) {
                for (int i = 0; i < few.members().length; i++) {
                    int index = contest.prompts()[few.members()[i]];
                    tag(prompts, index, scores, few.probabilities()[i], false, tags);
                }
                return;
            }
        }
        double[] probabilities = contest.probabilities(scores, prompts.temperature());
        for (int i = 0; i < probabilities.length; i++) {
            tag(prompts, contest.prompts()[i], scores, probabilities[i], false, tags);
        }
    }

    private void matchAlone(
            Contest contest,
            PromptSet prompts,
            FrameScores scores,
            Baselines baselines,
            List<Tag> tags,
            Map<String, Baselines.Baseline> next) {
        int index = contest.prompts()[0];
        EncodedPrompt encoded = prompts.prompt(index);
        String id = encoded.prompt().id();
        double score = scores.exact(contest.labels()[0]);
        Baselines.Baseline baseline = baselines.of(id, encoded.version());
        double above = score - baseline.against(scores.exact(contest.contrasts()[0]));
        double probability = 1 / (1 + Math.exp(-encoded.temperature() * above));
        tag(prompts, index, scores, probability, true, tags);
        next.put(id, baseline.plus(score));
    }

    private void tag(
            PromptSet prompts,
            int index,
            FrameScores scores,
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
                            scores.exact(prompts.row(index)),
                            probability));
        }
    }
}
