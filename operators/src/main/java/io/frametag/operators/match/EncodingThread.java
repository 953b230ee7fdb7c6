package io.frametag.operators.match;

import java.io.Serializable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that encodes prompts, one piece of work after the other. */
interface EncodingThread extends Executor, AutoCloseable {

    /** Takes no more work; waits, within bounds, for what runs. */
    @Override
    void close();

    /** Starts threads; travels with the job. */
    interface Factory extends Serializable {
        EncodingThread start();
    }

    /** A daemon of the least priority, where the operating system heeds that: frames go first. */
    static EncodingThread start() {
        ExecutorService executor =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread thread = new Thread(work, "frametag-encode-prompts");
                            thread.setDaemon(true);
                            thread.setPriority(Thread.MIN_PRIORITY);
                            return thread;
                        });
        return new Running(executor);
    }

    /** Owns the thread. */
    record Running(ExecutorService executor) implements EncodingThread {

        private static final Logger LOG = LoggerFactory.getLogger(EncodingThread.class);
        private static final long CLOSE_SECONDS = 10;

        @Override
        public void execute(Runnable work) {
            executor.execute(work);
        }

        @Override
        public void close() {
            executor.shutdownNow();
            try {
                if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("Prompts are still being encoded after {} s", CLOSE_SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
