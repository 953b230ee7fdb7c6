package io.frametag.models;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs a call on a thread with a deep stack. When ONNX Runtime (seen in 1.29) makes its
 * environment, it matches the command line of the process by recursion, about 100 bytes of stack
 * for each character: a class path of some 15,000 characters overflows a thread of Java's usual 1
 * MiB, which ends the process without a word.
 */
final class DeepStack {

    /**
     * Enough for the longest command line that Linux allows. Reserved, not used: memory is taken
     * for what the recursion really touches.
     */
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    /** Runs a short call to its end, which an interrupt does not hasten but outlives. */
    static <T> T call(String threadName, Supplier<T> call) {
        FutureTask<T> task = new FutureTask<>(call::get);
        Thread thread = new Thread(null, task, threadName, STACK_BYTES);
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
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException runtime
                    ? runtime
                    : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
