package io.frametag.operators.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides a contest of many from rough scores and the exact scores of a few.
 *
 * <p>Let {@code b} be temperature times the error of the rough scores. A share {@code exp(logit)}
 * taken from a rough score is off by a factor of at most {@code exp(b)}, and so is any sum of
 * shares. The shares are counted by how far their logit lies below the best, in steps of {@code
 * 1/16}. Exact scores are then taken, from the best downwards, until
 *
 * <ul>
 *   <li>none below can reach the least threshold;
 *   <li>what the rough shares below may be off, {@code (exp(b) - 1)} times their sum, is at most
 *       {@value #TOLERANCE} of the sum of all;
 *   <li>there are {@value #LEAST} of them, or all.
 * </ul>
 *
 * <p>So a probability differs from that of exact scores by at most that share of itself, and
 * usually by a hundredth of it. Whose probability comes that near to its threshold is decided by
 * exact scores of all: which prompts are tags, and their scores, does not depend on the shortcut.
 */
final class Shortlist {

    /** Most that a probability may be off, as a share of itself. */
    static final double TOLERANCE = 0.01;

    private static final int LEAST = 64;

    private static final int STEPS = 16;

    /** Logits this far below the best, exp(-40) of it, are counted as one. */
    private static final int DEPTH = 40;

    /** Shares of a step are summed to the first order: off by less than (1/32)^2. */
    private static final double WITHIN_STEP = 0x1p-10;

    private final Contest contest;
    private final FrameScores scores;
    private final double temperature;
    private final double error;

    /** How far the logit of each entry lies below the best, in whole steps. */
    private final short[] steps;

    private final float best;
    private final int[] counts = new int[STEPS * DEPTH + 1];
    private final double[] shares = new double[STEPS * DEPTH + 1];

    private Shortlist(Contest contest, FrameScores scores, double temperature) {
        this.contest = contest;
        this.scores = scores;
        this.temperature = temperature;
        // Of rough to exact, in both directions, with what the sums below may be off.
        error = temperature * scores.error() + 2 * WITHIN_STEP;
        float[] near = new float[contest.size()];
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < near.length; i++) {
            near[i] = scores.near(contest.row(i));
            most = Math.max(most, near[i]);
        }
        best = most;
        steps = new short[near.length];
        count(near);
    }

    private void count(float[] near) {
        for (int i = 0; i < near.length; i++) {
            double depth = temperature * STEPS * (best - near[i]);
            int step = (int) Math.min(depth, STEPS * DEPTH);
            steps[i] = (short) step;
            counts[step]++;
            // How far the logit is above the middle of its step.
            shares[step] += 1 + (step + 0.5 - depth) / STEPS;
        }
        for (int step = 0; step < shares.length - 1; step++) {
            shares[step] *= Math.exp(-(step + 0.5) / STEPS);
        }
        shares[shares.length - 1] = counts[counts.length - 1] * Math.exp(-DEPTH);
    }

    /**
     * Prompts that reach their threshold, or nearly.
     *
     * @param members numbers within the contest
     * @param probabilities of those
     */
    record Result(int[] members, double[] probabilities) {

        private static final Result NONE = new Result(new int[0], new double[0]);
    }

    /**
     * Those that may be tags, or null if it takes exact scores of all to tell.
     *
     * @param scores that are known roughly
     * @param thresholds of the job
     */
    static @Nullable Result of(
            Contest contest, FrameScores scores, PromptSet prompts, Thresholds thresholds) {
        return new Shortlist(contest, scores, prompts.temperature()).decide(prompts, thresholds);
    }

    private @Nullable Result decide(PromptSet prompts, Thresholds thresholds) {
        double sum = Arrays.stream(shares).sum();
        double least = contest.leastThreshold(thresholds);
        if (mostProbable(0, sum) < least) {
            return Result.NONE;
        }
        int cut = cut(sum, least);
        int taken = Arrays.stream(counts, 0, cut).sum();
        return taken > steps.length / 2 ? null : take(cut, taken, prompts, thresholds);
    }

    /** Most that the probability of one at that step or below can be. */
    private double mostProbable(int step, double sum) {
        return Math.exp(2 * error - (double) step / STEPS) / sum;
    }

    /** The first step of which no exact scores are needed. */
    private int cut(double sum, double least) {
        double below = sum;
        int taken = 0;
        int step = 0;
        while (step < counts.length
                && (taken < LEAST
                        || mostProbable(step, sum) >= least
                        || below * Math.expm1(error) > TOLERANCE / 2 * sum * Math.exp(-error))) {
            below -= shares[step];
            taken += counts[step];
            step++;
        }
        return step;
    }

    private @Nullable Result take(int cut, int taken, PromptSet prompts, Thresholds thresholds) {
        double rest = Arrays.stream(shares, cut, shares.length).sum();
        double sum = rest;
        int[] entries = new int[taken];
        double[] exact = new double[taken];
        int next = 0;
        for (int entry = 0; entry < steps.length; entry++) {
            if (steps[entry] < cut) {
                double above = scores.exact(contest.row(entry)) - (double) best;
                entries[next] = entry;
                exact[next] = Math.exp(temperature * above);
                sum += exact[next++];
            }
        }
        double uncertain = rest * Math.expm1(error) / sum;
        return uncertain > TOLERANCE
                ? null
                : result(entries, exact, sum, uncertain, prompts, thresholds);
    }

    private @Nullable Result result(
            int[] entries,
            double[] exact,
            double sum,
            double uncertain,
            PromptSet prompts,
            Thresholds thresholds) {
        int labels = 0;
        while (labels < entries.length && entries[labels] < contest.labels().length) {
            double probability = exact[labels] / sum;
            int prompt = contest.prompts()[entries[labels]];
            double threshold = thresholds.of(prompts.prompt(prompt).prompt(), false);
            if (Math.abs(probability - threshold) <= 2 * uncertain * probability) {
                return null;
            }
            exact[labels++] = probability;
        }
        return new Result(Arrays.copyOf(entries, labels), Arrays.copyOf(exact, labels));
    }
}
