package io.frametag.models.bench;

import io.frametag.models.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times several pieces of work against each other. All are measured in each round, forwards and
 * backwards by turns, so that a machine that grows warmer or busier slows all of them alike.
 */
final class InterleavedRounds {

    /** What is timed. */
    @FunctionalInterface
    interface Work {
        void run() throws ModelException;
    }

    private final List<Work> works;
    private final long leastNanos;
    private final LongSupplier nanoClock;

    /**
     * @param least how long a piece of work is repeated in each round
     * @param nanoClock such as {@link System#nanoTime}
     */
    InterleavedRounds(List<Work> works, Duration least, LongSupplier nanoClock) {
        this.works = List.copyOf(works);
        this.leastNanos = least.toNanos();
        this.nanoClock = nanoClock;
    }

    /** Seconds per run: by work, then by round. */
    double[][] run(int rounds, Runnable afterRound) throws ModelException {
        double[][] seconds = new double[works.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i : order(round)) {
                seconds[i][round] = measure(works.get(i));
            }
            afterRound.run();
        }
        return seconds;
    }

    private List<Integer> order(int round) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            order.add(round % 2 == 0 ? order.size() : 0, i);
        }
        return order;
    }

    private double measure(Work work) throws ModelException {
        long start = nanoClock.getAsLong();
        long elapsed = 0;
        int runs = 0;
        while (runs == 0 || elapsed < leastNanos) {
            work.run();
            runs++;
            elapsed = nanoClock.getAsLong() - start;
        }
        return elapsed / 1e9 / runs;
    }
}
