package io.frametag.operators.match;

import io.frametag.models.ModelId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of one model, ready for matching: built when the set changes, not per frame. Which
 * prompts compete on a stream is worked out at its first frame and remembered for the {@value
 * #MAX_VIEWS} streams last seen.
 *
 * <p>Not thread-safe; used by the task thread.
 */
final class PromptSet {

    private static final int MAX_VIEWS = 1_024;
    private static final int MAX_DISTINCT_VIEWS = 64;

    private final ModelId model;
    private final List<EncodedPrompt> prompts;
    private final PromptRows rows;
    private final Map<String, View> views = leastRecentlyUsed(MAX_VIEWS);

    /** By the prompts that take part; most streams have the same. */
    private final Map<BitSet, View> distinctViews = leastRecentlyUsed(MAX_DISTINCT_VIEWS);

    /** Takes those of the prompts that this model encoded. */
    PromptSet(ModelId model, Collection<EncodedPrompt> all) {
        this.model = model;
        this.prompts =
                all.stream()
                        .filter(encoded -> encoded.model().equals(model))
                        .sorted(Comparator.comparing(encoded -> encoded.prompt().id()))
                        .toList();
        rows = new PromptRows(prompts);
    }

    private static <K, V> Map<K, V> leastRecentlyUsed(int most) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * What a stream has to do with the set.
     *
     * @param contests who competes with whom
     * @param scan how their scores come about
     */
    private record View(List<Contest> contests, PromptRows.Scan scan) {}

    ModelId model() {
        return model;
    }

    EncodedPrompt prompt(int index) {
        return prompts.get(index);
    }

    int row(int prompt) {
        return rows.ofPrompt(prompt);
    }

    double temperature() {
        return prompts.isEmpty() ? 1 : prompts.get(0).temperature();
    }

    /** The scores of a frame of that stream. */
    FrameScores scores(String stream, float[] embedding) {
        return rows.scores(embedding, view(stream).scan);
    }

    /** Who competes with whom on that stream. */
    List<Contest> contests(String stream) {
        return view(stream).contests;
    }

    private View view(String stream) {
        return views.computeIfAbsent(
                stream, absent -> distinctViews.computeIfAbsent(takingPart(stream), this::arrange));
    }

    private BitSet takingPart(String stream) {
        BitSet takingPart = new BitSet(prompts.size());
        for (int i = 0; i < prompts.size(); i++) {
            takingPart.set(i, prompts.get(i).prompt().appliesTo(stream));
        }
        return takingPart;
    }

    private View arrange(BitSet takingPart) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        List<Contest> contests = new ArrayList<>();
        takingPart.stream()
                .forEach(
                        i -> {
                            @Nullable String group = prompts.get(i).prompt().group();
                            if (group == null) {
                                contests.add(contest(List.of(i)));
                            } else {
                                groups.computeIfAbsent(group, g -> new ArrayList<>()).add(i);
                            }
                        });
        groups.values().forEach(members -> contests.add(contest(members)));
        return new View(contests, rows.scan(contests.stream().flatMapToInt(Contest::rows)));
    }

    private Contest contest(List<Integer> members) {
        int[] indexes = members.stream().mapToInt(Integer::intValue).toArray();
        int[] labels = IntStream.of(indexes).map(rows::ofPrompt).toArray();
        Set<Integer> own = IntStream.of(labels).boxed().collect(Collectors.toSet());
        int[] contrasts =
                IntStream.of(indexes)
                        .flatMap(i -> IntStream.of(rows.ofNegatives(i)))
                        .distinct()
                        .filter(row -> !own.contains(row))
                        .toArray();
        boolean alone = indexes.length == 1 && contrasts.length == 0;
        double[] thresholds =
                members.stream()
                        .map(i -> prompts.get(i).prompt().threshold())
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
        return new Contest(
                indexes,
                labels,
                alone ? new int[] {rows.ofNeutral(indexes[0])} : contrasts,
                alone,
                Arrays.stream(thresholds).min().orElse(Double.POSITIVE_INFINITY),
                thresholds.length < indexes.length);
    }
}
