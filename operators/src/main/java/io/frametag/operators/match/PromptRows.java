package io.frametag.operators.match;

import io.frametag.operators.data.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a prompt set, numbered. Equal vectors have one row, so a negative that several
 * prompts of a group name, or that is itself a label of the group, takes its share once.
 *
 * <p>Rows that only groups of {@value #LARGE_GROUP} prompts or more use come last and are kept
 * coarse: such a contest needs few of its scores exactly (see {@link Shortlist}). A prompt that
 * stands alone needs its own on each frame. Not thread-safe.
 */
final class PromptRows {

    /** From how many on a contest is decided by a shortlist. */
    static final int LARGE_GROUP = 256;

    /** One score by itself costs several of a scan. */
    private static final int SCAN_FACTOR = 8;

    private final List<float[]> vectors = new ArrayList<>();
    private final Map<Content, Integer> numbers = new HashMap<>();
    private final int[] rowOfPrompt;
    private final int[][] negativeRows;
    private final int[] neutralRows;
    private final PromptMatrix exact;
    private final @Nullable CoarseMatrix coarse;

    /**
     * A vector that equals others of the same numbers. A few tell nearly all apart, so they are
     * hashed; hashing all of them took most of the time that a change of the set takes.
     */
    private record Content(float[] vector) {

        private static final int HASHED = 16;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content content && Arrays.equals(vector, content.vector);
        }

        @Override
        public int hashCode() {
            int hash = vector.length;
            for (int i = 0; i < Math.min(HASHED, vector.length); i++) {
                hash = 31 * hash + Float.floatToIntBits(vector[i]);
            }
            return hash;
        }
    }

    PromptRows(List<EncodedPrompt> prompts) {
        rowOfPrompt = new int[prompts.size()];
        negativeRows = new int[prompts.size()][];
        neutralRows = new int[prompts.size()];
        Map<String, Long> members =
                prompts.stream()
                        .map(encoded -> encoded.prompt().group())
                        .filter(group -> group != null)
                        .collect(Collectors.groupingBy(g -> g, Collectors.counting()));
        number(prompts, members, false);
        int first = vectors.size();
        number(prompts, members, true);
        exact = new PromptMatrix(vectors.subList(0, first));
        coarse =
                vectors.size() > first
                        ? new CoarseMatrix(vectors.subList(first, vectors.size()))
                        : null;
    }

    private void number(List<EncodedPrompt> prompts, Map<String, Long> members, boolean large) {
        for (int i = 0; i < prompts.size(); i++) {
            EncodedPrompt encoded = prompts.get(i);
            if (isLarge(encoded.prompt(), members) == large) {
                rowOfPrompt[i] = of(encoded.vector());
                negativeRows[i] = encoded.negatives().stream().mapToInt(this::of).toArray();
                neutralRows[i] = of(encoded.neutral());
            }
        }
    }

    private static boolean isLarge(Prompt prompt, Map<String, Long> members) {
        return prompt.group() != null && members.get(prompt.group()) >= LARGE_GROUP;
    }

    private int of(float[] vector) {
        return numbers.computeIfAbsent(
                new Content(vector),
                absent -> {
                    vectors.add(vector);
                    return vectors.size() - 1;
                });
    }

    int ofPrompt(int index) {
        return rowOfPrompt[index];
    }

    int[] ofNegatives(int index) {
        return negativeRows[index];
    }

    int ofNeutral(int index) {
        return neutralRows[index];
    }

    /**
     * Which of the matrices are read in one go, as more than a few of their rows are needed.
     *
     * @param exact that of the first rows
     * @param coarse that of the others
     */
    record Scan(boolean exact, boolean coarse) {}

    /** That which is cheapest where those rows are needed, each as often as it is in there. */
    Scan scan(IntStream needed) {
        int[] all = needed.toArray();
        long low = IntStream.of(all).filter(row -> row < exact.rows()).count();
        return new Scan(
                low * SCAN_FACTOR > exact.rows(),
                (all.length - low) * SCAN_FACTOR > vectors.size() - exact.rows());
    }

    /** Scores of a frame. */
    FrameScores scores(float[] embedding, Scan scan) {
        return new FrameScores(
                vectors,
                embedding,
                scan.exact ? exact.scores(embedding) : new float[0],
                exact.rows(),
                scan.coarse && coarse != null ? coarse.scores(embedding) : null);
    }
}
