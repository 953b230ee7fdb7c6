package io.frametag.models.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Contenders measured in interleaved rounds: all in each round, forwards and backwards by turns, so
 * that a machine that grows warmer or busier slows all of them alike. The first is the baseline.
 */
public final class InterleavedRounds {

    private InterleavedRounds() {}

    /**
     * Measures on the calling thread.
     *
     * @param before told the round, from 1, and the contender that is measured next
     * @return a row for each contender
     */
    public static List<ComparisonRow> run(
            List<? extends Contender> contenders, int rounds, Consumer<String> before)
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
        List<ComparisonRow> rows = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            rows.add(ComparisonRow.of(contenders.get(i).name(), rates[i], rates[0]));
        }
        return rows;
    }
}
