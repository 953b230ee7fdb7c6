package io.frametag.operators.match;

/**
 * Prompts of one stream that share out the probability, with what they are told apart from.
 *
 * <p>The probability of a prompt is the softmax of its score over the scores of all prompts and
 * contrasts, at the model's temperature. A prompt that has nobody to compete with stands alone: its
 * probability is a sigmoid of how far it is above its {@linkplain Baselines baseline}.
 *
 * @param prompts which prompts of the set
 * @param contrasts rows of the negatives; the neutral text where the prompt stands alone
 * @param alone whether it is one prompt without negatives
 */
record Contest(int[] prompts, int[] contrasts, boolean alone) {

    /** Probabilities of the prompts, in their order; not for a prompt that stands alone. */
    double[] probabilities(float[] scores, int[] rowOfPrompt, double temperature) {
        double most = Double.NEGATIVE_INFINITY;
        for (int prompt : prompts) {
            most = Math.max(most, temperature * scores[rowOfPrompt[prompt]]);
        }
        for (int row : contrasts) {
            most = Math.max(most, temperature * scores[row]);
        }
        double sum = 0;
        for (int row : contrasts) {
            sum += Math.exp(temperature * scores[row] - most);
        }
        double[] probabilities = new double[prompts.length];
        for (int i = 0; i < prompts.length; i++) {
            probabilities[i] = Math.exp(temperature * scores[rowOfPrompt[prompts[i]]] - most);
            sum += probabilities[i];
        }
        for (int i = 0; i < prompts.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
