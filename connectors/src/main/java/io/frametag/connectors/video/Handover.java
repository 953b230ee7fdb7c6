package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread that grabs leaves a frame for the thread that hands it on: one place. Of a live
 * stream the newest frame takes it, and the one before counts as superseded; else the grabbing
 * thread waits. Every frame grabbed is either taken from here or in a count, and counts say on
 * which side of the waiting frame theirs lie, so that sequence numbers stay exact.
 *
 * <p>One thread grabs, one takes; both may call at any time. Once closed, nothing more gets in.
 */
final class Handover {

    /** Longest that a grabbing thread waits before it looks whether it is to end. */
    private static final long NAP_MILLIS = 50;

    /** Reason of frames dropped for newer ones. */
    static final String SUPERSEDED = "superseded";

    /** Reason of frames that can't be decoded since the stream was joined between keyframes. */
    static final String BEFORE_KEYFRAME = "before-keyframe";

    /**
     * A frame that was grabbed and kept by the sampling.
     *
     * @param interval of the sampling that it took
     */
    record Grabbed(
            long time, long arrival, LiveClock.Source timeSource, Picture picture, long interval) {}

    /** What became of frames that are not handed on. */
    enum Loss {
        SAMPLED_OUT,
        DROPPED,
        FAILED
    }

    /** Numbers of frames by what became of them and why. */
    static final class Losses {

        private final Map<Loss, Map<String, Long>> counts = new TreeMap<>();

        void add(Loss loss, String reason, long frames) {
            if (frames > 0) {
                counts.computeIfAbsent(loss, l -> new TreeMap<>()).merge(reason, frames, Long::sum);
            }
        }

        void add(Losses more) {
            more.counts.forEach((loss, reasons) -> reasons.forEach((why, n) -> add(loss, why, n)));
        }

        Map<String, Long> of(Loss loss) {
            return counts.getOrDefault(loss, Map.of());
        }

        long sum(Loss loss) {
            return of(loss).values().stream().mapToLong(Long::longValue).sum();
        }

        long total() {
            return counts.values().stream()
                    .flatMap(reasons -> reasons.values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Losses, and the frame after them; null where none waits. */
    record Taken(Losses losses, @Nullable Grabbed frame) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final boolean keepsNewest;
    private Losses before = new Losses();
    private Losses after = new Losses();
    private @Nullable Grabbed waiting;
    private boolean closed;
    private boolean signalled;

    Handover(boolean keepsNewest) {
        this.keepsNewest = keepsNewest;
    }

    /** Leaves a frame; false where it is no longer wanted. */
    boolean put(Grabbed frame) {
        lock.lock();
        try {
            while (!keepsNewest && waiting != null && !closed) {
                changed.await(NAP_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (closed) {
                return false;
            }
            if (waiting != null) {
                before.add(Loss.DROPPED, SUPERSEDED, 1);
                before.add(after);
                after = new Losses();
            }
            waiting = frame;
            signalled = true;
            changed.signalAll();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Counts frames that are not left here. */
    void lose(Loss loss, String reason, long frames) {
        lock.lock();
        try {
            if (!closed) {
                (waiting == null ? before : after).add(loss, reason, frames);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most that long for a frame or a signal, then takes what there is. */
    Taken take(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (waiting == null && !signalled && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signalled = false;
            lock.unlock();
        }
        return take();
    }

    private Taken take() {
        lock.lock();
        try {
            Grabbed frame = waiting;
            Losses losses = before;
            waiting = null;
            before = after;
            after = new Losses();
            changed.signalAll();
            return new Taken(losses, frame);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the running or the next wait for a frame. */
    void signal() {
        lock.lock();
        try {
            signalled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more in. What is here can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
