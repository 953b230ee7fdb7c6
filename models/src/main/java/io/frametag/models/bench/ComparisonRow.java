package io.frametag.models.bench;

import java.util.Arrays;

/**
 * How fast a contender is, by itself and against the baseline of the same rounds.
 *
 * @param name of the contender
 * @param framesPerSecond of the rounds
 * @param ratio of the contender's frames per second to the baseline's of the same round
 */
public record ComparisonRow(String name, Spread framesPerSecond, Spread ratio) {

    static ComparisonRow of(String name, double[] framesPerSecond, double[] baseline) {
        double[] ratios = new double[framesPerSecond.length];
        Arrays.setAll(ratios, round -> framesPerSecond[round] / baseline[round]);
        return new ComparisonRow(name, Spread.of(framesPerSecond), Spread.of(ratios));
    }
}
