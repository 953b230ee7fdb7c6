package io.frametag.operators.encode;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The time that batches wait by. */
interface BatchClock {

    /** As {@link System#nanoTime()}. */
    long nanos();

    /** As {@link System#currentTimeMillis()}. */
    long epochMillis();

    /** Waits for a signal, but at most that long by this clock; may return early. */
    void await(Condition condition, long nanos) throws InterruptedException;

    static BatchClock system() {
        return new BatchClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long epochMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public void await(Condition condition, long nanos) throws InterruptedException {
                if (!condition.await(nanos, TimeUnit.NANOSECONDS)) {
                    return; // the caller looks at the clock again either way
                }
            }
        };
    }
}
