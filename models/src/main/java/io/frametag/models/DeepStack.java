package io.frametag.models;

import ai.onnxruntime.OrtException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a call on a thread with a deep stack. ONNX Runtime walks a graph by recursion when it opens
 * a session, some kilobytes for each node of the longest path: more than the stacks that Java and
 * Flink give their threads, and a native overflow ends the process without a word.
 */
final class DeepStack {

    /** Reserved, not used: memory is taken for what the recursion really touches. */
    private static final long STACK_BYTES = 256L << 20;

    private DeepStack() {}

    /**
     * Runs a call to its end, which an interrupt does not hasten: what the call opens must not get
     * lost. The interrupt is kept for the caller.
     */
    static <T> T call(String name, Callable<T> call) throws OrtException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static OrtException rethrown(Throwable cause) {
        if (cause instanceof OrtException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(cause);
    }
}
