package io.frametag.operators.encode;

import java.util.concurrent.TimeUnit;

/**
 * Which of many failures are told of, where each batch may fail: the first at once, then at most
 * one a minute. Thread-safe.
 */
final class FailureLog {

    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final BatchClock clock;
    private long untold;
    private boolean told;
    private long toldNanos;

    FailureLog(BatchClock clock) {
        this.clock = clock;
    }

    /**
     * Counts a failure.
     *
     * @return how many there were since the last that was told of, this one included; 0 where this
     *     one isn't to be told of
     */
    synchronized long failed() {
        untold++;
        long now = clock.nanos();
        if (told && now - toldNanos < INTERVAL_NANOS) {
            return 0;
        }
        told = true;
        toldNanos = now;
        long count = untold;
        untold = 0;
        return count;
    }
}
