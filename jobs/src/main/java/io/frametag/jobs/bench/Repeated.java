package io.frametag.jobs.bench;

import io.frametag.models.bench.Contender;

/**
 * Work of this thread, done over and over.
 *
 * @param times how often each time it is measured
 * @param framesEach that one run of the work takes
 */
record Repeated(String name, int times, int framesEach, Work work) implements Contender {

    /** What is timed. */
    interface Work {
        void run() throws Exception;
    }

    @Override
    public double framesPerSecond() throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return 1e9 * times * framesEach / (System.nanoTime() - start);
    }
}
