package io.frametag.operators.encode;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that stands still until it is moved. */
final class ManualBatchClock implements BatchClock {

    private final AtomicLong now = new AtomicLong(1_000_000);

    void advanceMillis(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public long epochMillis() {
        return TimeUnit.NANOSECONDS.toMillis(now.get());
    }

    @Override
    public long nanos() {
        return now.get();
    }

    /** Looks again every few real milliseconds; waiting early is allowed. */
    @Override
    public void await(Condition condition, long nanos) throws InterruptedException {
        if (condition.await(2, TimeUnit.MILLISECONDS)) {
            return;
        }
    }
}
