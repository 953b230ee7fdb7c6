package io.frametag.connectors.video;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.util.clock.Clock;

/** Waits until it is time, or until woken. One thread waits; any may wake it. */
final class Pacer {

    /** Longest nap before the clock is looked at again, since it may be set. */
    private static final long NAP_MILLIS = 50;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean woken;

    Pacer(Clock clock) {
        this.clock = clock;
    }

    /** Waits until that time (epoch milliseconds); false where woken or interrupted before. */
    boolean awaitUntil(long millis) {
        lock.lock();
        try {
            long left = millis - clock.absoluteTimeMillis();
            while (left > 0 && !woken) {
                wake.await(Math.min(left, NAP_MILLIS), TimeUnit.MILLISECONDS);
                left = millis - clock.absoluteTimeMillis();
            }
            return left <= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            woken = false;
            lock.unlock();
        }
    }

    void awaitNap() {
        awaitUntil(clock.absoluteTimeMillis() + NAP_MILLIS);
    }

    /** Ends the running wait or the next one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
