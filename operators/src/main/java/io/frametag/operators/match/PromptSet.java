package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.Prompt;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of one model, ready for matching: built when the set changes, not per frame. Which
 * prompts compete on a stream is worked out at its first frame and remembered for the {@value
 * #MAX_VIEWS} streams last seen.
 *
 * <p>Equal vectors have one row, so a negative that several prompts of a group name, or that is
 * itself a label of the group, takes its share once.
 *
 * <p>Not thread-safe; used by the task thread.
 */
final class PromptSet {

    private static final int MAX_VIEWS = 1_024;

    private final ModelId model;
    private final List<EncodedPrompt> prompts;
    private final int[] rowOfPrompt;
    private final int[][] negativeRows;
    private final int[] neutralRows;
    private final PromptMatrix matrix;
    private final Map<String, List<Contest>> views =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Contest>> eldest) {
                    return size() > MAX_VIEWS;
                }
            };

    /** Takes those of the prompts that this model encoded. */
    PromptSet(ModelId model, Collection<EncodedPrompt> all) {
        this.model = model;
        this.prompts =
                all.stream()
                        .filter(encoded -> encoded.model().equals(model))
                        .sorted(Comparator.comparing(encoded -> encoded.prompt().id()))
                        .toList();
        Rows rows = new Rows();
        rowOfPrompt = prompts.stream().mapToInt(p -> rows.of(p.vector())).toArray();
        negativeRows =
                prompts.stream()
                        .map(p -> p.negatives().stream().mapToInt(rows::of).toArray())
                        .toArray(int[][]::new);
        neutralRows = prompts.stream().mapToInt(p -> rows.of(p.neutral())).toArray();
        matrix = new PromptMatrix(rows.vectors);
    }

    /** Numbers vectors, equal ones alike. */
    private static final class Rows {

        private final List<float[]> vectors = new ArrayList<>();
        private final Map<FloatBuffer, Integer> numbers = new HashMap<>();

        int of(float[] vector) {
            return numbers.computeIfAbsent(
                    FloatBuffer.wrap(vector),
                    absent -> {
                        vectors.add(vector);
                        return vectors.size() - 1;
                    });
        }
    }

    ModelId model() {
        return model;
    }

    EncodedPrompt prompt(int index) {
        return prompts.get(index);
    }

    int row(int prompt) {
        return rowOfPrompt[prompt];
    }

    int[] rowOfPrompt() {
        return rowOfPrompt;
    }

    double temperature() {
        return prompts.isEmpty() ? 1 : prompts.get(0).temperature();
    }

    /** The score of each row on that frame. */
    float[] scores(float[] embedding) {
        return matrix.scores(embedding);
    }

    /** Who competes with whom on that stream. */
    List<Contest> contests(String stream) {
        return views.computeIfAbsent(stream, this::arrange);
    }

    private List<Contest> arrange(String stream) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        List<Contest> contests = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Prompt prompt = prompts.get(i).prompt();
            if (prompt.appliesTo(stream)) {
                @Nullable String group = prompt.group();
                if (group == null) {
                    contests.add(contest(List.of(i)));
                } else {
                    groups.computeIfAbsent(group, g -> new ArrayList<>()).add(i);
                }
            }
        }
        groups.values().forEach(members -> contests.add(contest(members)));
        return contests;
    }

    private Contest contest(List<Integer> members) {
        int[] indexes = members.stream().mapToInt(Integer::intValue).toArray();
        int[] labels = IntStream.of(indexes).map(i -> rowOfPrompt[i]).toArray();
        int[] contrasts =
                IntStream.of(indexes)
                        .flatMap(i -> IntStream.of(negativeRows[i]))
                        .distinct()
                        .filter(row -> IntStream.of(labels).noneMatch(label -> label == row))
                        .toArray();
        boolean alone = indexes.length == 1 && contrasts.length == 0;
        return alone
                ? new Contest(indexes, new int[] {neutralRows[indexes[0]]}, true)
                : new Contest(indexes, contrasts, false);
    }
}
