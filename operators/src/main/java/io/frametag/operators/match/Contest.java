package io.frametag.operators.match;

import java.util.stream.IntStream;

/**
 * Prompts of one stream that share out the probability, with what they are told apart from.
 *
 * <p>The probability of a prompt is the softmax of its score over the scores of all prompts and
 * contrasts, at the model's temperature. A prompt that has nobody to compete with stands alone: its
 * probability is a sigmoid of how far it is above its {@linkplain Baselines baseline}.
 *
 * @param prompts which prompts of the set
 * @param labels row of each of the prompts
 * @param contrasts rows of the negatives; the neutral text where the prompt stands alone
 * @param alone whether it is one prompt without negatives
 * @param leastThreshold least of the prompts' own thresholds; infinite where none has one
 * @param hasDefault whether a prompt has no threshold of its own
 */
record Contest(
        int[] prompts,
        int[] labels,
        int[] contrasts,
        boolean alone,
        double leastThreshold,
        boolean hasDefault) {

    /** Scores that a frame needs for it. */
    int size() {
        return labels.length + contrasts.length;
    }

    /** Row of a label or, after those, of a contrast. */
    int row(int entry) {
        return entry < labels.length ? labels[entry] : contrasts[entry - labels.length];
    }

    IntStream rows() {
        return IntStream.concat(IntStream.of(labels), IntStream.of(contrasts));
    }

    /** Below which no prompt is a tag. */
    double leastThreshold(Thresholds thresholds) {
        return hasDefault ? Math.min(leastThreshold, thresholds.contested()) : leastThreshold;
    }

    /** Probabilities of the prompts, in their order; not for a prompt that stands alone. */
    double[] probabilities(FrameScores scores, double temperature) {
        double[] logits = new double[size()];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = temperature * scores.exact(row(i));
            most = Math.max(most, logits[i]);
        }
        double sum = 0;
        double[] probabilities = new double[labels.length];
        for (int i = 0; i < logits.length; i++) {
            double share = Math.exp(logits[i] - most);
            sum += share;
            if (i < labels.length) {
                probabilities[i] = share;
            }
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
