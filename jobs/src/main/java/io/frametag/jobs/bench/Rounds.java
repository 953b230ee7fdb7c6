package io.frametag.jobs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Contenders measured in interleaved rounds: all in each round, forwards and backwards by turns, so
 * that a machine that grows warmer or busier slows all of them alike. The first is the baseline.
 */
final class Rounds {

    private Rounds() {}

    /**
     * How one contender did.
     *
     * @param name of it
     * @param framesPerSecond of the rounds
     * @param ratio to the baseline of the same round
     */
    record Result(String name, Spread framesPerSecond, Spread ratio) {}

    /**
     * @param before told the round, from 0, and the contender that is measured next
     */
    static List<Result> run(List<Contender> contenders, int rounds, Consumer<String> before)
            throws Exception {
        double[][] rates = new double[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < rates.length; turn++) {
                int i = round % 2 == 0 ? turn : rates.length - 1 - turn;
                before.accept(
                        "round %d of %d: %s"
                                .formatted(round + 1, rounds, contenders.get(i).name()));
                rates[i][round] = contenders.get(i).framesPerSecond();
            }
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = rates[i][round] / rates[0][round];
            }
            results.add(
                    new Result(contenders.get(i).name(), Spread.of(rates[i]), Spread.of(ratios)));
        }
        return results;
    }
}
