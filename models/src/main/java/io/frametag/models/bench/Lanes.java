package io.frametag.models.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs of one encoder, over and over, in several lanes at a time; each lane has a thread and a run
 * of its own.
 *
 * @param runs one for each lane
 * @param framesEach that one run takes
 * @param least how long each lane repeats its run when it is measured
 */
record Lanes(String name, List<Run> runs, int framesEach, Duration least) implements Contender {

    /** One run of the encoder. */
    interface Run {
        void run() throws Exception;
    }

    /** The sum of the lanes, each by its own time, since they don't end together. */
    @Override
    public double framesPerSecond() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(runs.size(), Lanes::daemon);
        try {
            List<Callable<Double>> lanes = new ArrayList<>();
            runs.forEach(run -> lanes.add(() -> rate(run)));
            double sum = 0;
            for (Future<Double> lane : threads.invokeAll(lanes)) {
                sum += lane.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private double rate(Run run) throws Exception {
        long start = System.nanoTime();
        long elapsed;
        int done = 0;
        do {
            run.run();
            done++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < least.toNanos());
        return 1e9 * done * framesEach / elapsed;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "frametag-bench-lane");
        thread.setDaemon(true);
        return thread;
    }
}
