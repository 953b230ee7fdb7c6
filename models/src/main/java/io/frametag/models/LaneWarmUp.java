package io.frametag.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * First runs of an encoder: each batch size once in every lane, largest first and all lanes at
 * once. The session's memory grows with the runs that overlap, so lanes that were warmed up one
 * after the other would pay for it later.
 */
final class LaneWarmUp {

    private final int lanes;
    private final Run run;

    /** A run at a batch size, with a batch of its own. */
    interface Run {
        void run(int batchSize) throws ModelException;
    }

    LaneWarmUp(int lanes, Run run) {
        this.lanes = lanes;
        this.run = run;
    }

    /**
     * Returns when no run is left, unless it is interrupted.
     *
     * @throws ModelException the first that a run throws
     */
    void run(int... batchSizes) throws ModelException {
        int[] ascending = batchSizes.clone();
        Arrays.sort(ascending);
        ExecutorService threads = Executors.newFixedThreadPool(lanes, LaneWarmUp::daemon);
        try {
            for (int i = ascending.length - 1; i >= 0; i--) {
                runAtOnce(threads, ascending[i]);
            }
        } finally {
            threads.shutdown();
        }
    }

    private void runAtOnce(ExecutorService threads, int batchSize) throws ModelException {
        Callable<Void> once =
                () -> {
                    run.run(batchSize);
                    return null;
                };
        try {
            for (Future<Void> lane : threads.invokeAll(Collections.nCopies(lanes, once))) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw asModelException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted while the model was run for the first time", e);
        }
    }

    private static ModelException asModelException(Throwable cause) {
        if (cause instanceof ModelException e) {
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "frametag-warm-up");
        thread.setDaemon(true);
        return thread;
    }
}
