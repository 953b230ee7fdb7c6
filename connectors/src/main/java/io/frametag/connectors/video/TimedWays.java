package io.frametag.connectors.video;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Ways to do the same, timed in interleaved rounds: all in each round, forwards and backwards by
 * turns, after two rounds that do not count. Times are processor times of the calling thread, which
 * a busy machine disturbs least, so a way must do its work on that thread.
 */
final class TimedWays {

    private static final int UNCOUNTED = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TimedWays() {}

    /** One of the ways. */
    interface Way {
        void run() throws Exception;
    }

    /**
     * Median, least and most of the rounds.
     *
     * @param millis median time of a piece of work
     * @param fastestMillis that of the fastest round
     * @param slowestMillis that of the slowest round
     * @param ratio median of the ratios to the first way in the same round
     */
    record Times(double millis, double fastestMillis, double slowestMillis, double ratio) {}

    /**
     * Times the ways.
     *
     * @param pieces of work in one run of a way; times are those of one piece
     */
    static Times[] run(int rounds, int pieces, Way... ways) throws Exception {
        double[][] millis = new double[ways.length][rounds];
        for (int round = -UNCOUNTED; round < rounds; round++) {
            for (int turn = 0; turn < ways.length; turn++) {
                int way = round % 2 == 0 ? turn : ways.length - 1 - turn;
                long start = THREADS.getCurrentThreadCpuTime();
                ways[way].run();
                if (round >= 0) {
                    long nanos = THREADS.getCurrentThreadCpuTime() - start;
                    millis[way][round] = nanos / 1e6 / pieces;
                }
            }
        }
        return Arrays.stream(millis).map(own -> times(own, millis[0])).toArray(Times[]::new);
    }

    private static Times times(double[] own, double[] first) {
        double[] sorted = sorted(own);
        double[] ratios = new double[own.length];
        for (int round = 0; round < own.length; round++) {
            ratios[round] = own[round] / first[round];
        }
        return new Times(
                median(sorted), sorted[0], sorted[sorted.length - 1], median(sorted(ratios)));
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
