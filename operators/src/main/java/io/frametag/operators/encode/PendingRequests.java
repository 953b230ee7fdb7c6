package io.frametag.operators.encode;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Requests that no decoding thread has taken yet.
 *
 * <p>Streams take turns: each that has a request waiting gives one, oldest first, and goes to the
 * end of the line. So a fast stream can't starve the others, whether they are live or complete. Of
 * a live stream only the newest request waits; one that comes takes the place of the one before.
 *
 * <p>Bounded by the capacity. Thread-safe; doesn't call requests, so whoever gets one back settles
 * it without a lock held.
 */
final class PendingRequests {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final int capacity;

    /** Those that have requests waiting, and the same in the order of their turns. */
    private final Map<Key, Deque<EncodeRequest>> streams = new HashMap<>();

    private final Deque<Key> turns = new ArrayDeque<>();
    private int size;

    PendingRequests(int capacity) {
        this.capacity = capacity;
    }

    /** A stream of one operator; gates are compared by identity. */
    private record Key(PictureGates operator, String stream) {

        static Key of(EncodeRequest request) {
            return new Key(request.gates(), request.frame().stream());
        }
    }

    /**
     * Adds a request.
     *
     * @param superseded gets those that are no longer waiting, for the caller to settle
     * @return false where there is no room
     */
    boolean offer(EncodeRequest request, Collection<EncodeRequest> superseded) {
        lock.lock();
        try {
            if (request.isLive()) {
                takeLive(Key.of(request), superseded);
            }
            return add(request, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a request that was taken before, so that it comes first in its stream.
     *
     * @return false where there is no room, or where it is live and a newer one is waiting
     */
    boolean offerAgain(EncodeRequest request) {
        lock.lock();
        try {
            Deque<EncodeRequest> waiting = streams.get(Key.of(request));
            boolean superseded =
                    request.isLive()
                            && waiting != null
                            && waiting.stream().anyMatch(EncodeRequest::isLive);
            return !superseded && add(request, true);
        } finally {
            lock.unlock();
        }
    }

    private boolean add(EncodeRequest request, boolean first) {
        if (size == capacity) {
            return false;
        }
        Key key = Key.of(request);
        Deque<EncodeRequest> waiting = streams.get(key);
        if (waiting == null) {
            waiting = new ArrayDeque<>();
            streams.put(key, waiting);
            turns.add(key);
        }
        if (first) {
            waiting.addFirst(request);
        } else {
            waiting.addLast(request);
        }
        size++;
        added.signal();
        return true;
    }

    /** Leaves the stream its turn: the newer request takes it. */
    private void takeLive(Key key, Collection<EncodeRequest> into) {
        Deque<EncodeRequest> waiting = streams.get(key);
        if (waiting == null) {
            return;
        }
        for (Iterator<EncodeRequest> all = waiting.iterator(); all.hasNext(); ) {
            EncodeRequest one = all.next();
            if (one.isLive()) {
                all.remove();
                size--;
                into.add(one);
            }
        }
    }

    /** The request whose turn it is; waits for one, and gives null where none comes in time. */
    @Nullable EncodeRequest poll(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (size == 0) {
                if (left <= 0) {
                    return null;
                }
                left = added.awaitNanos(left);
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private EncodeRequest take() {
        Key key = turns.removeFirst();
        Deque<EncodeRequest> waiting = streams.get(key);
        EncodeRequest request = waiting.removeFirst();
        size--;
        if (waiting.isEmpty()) {
            streams.remove(key);
        } else {
            turns.addLast(key);
        }
        return request;
    }

    /** Takes a request out, where it is still there. */
    void remove(EncodeRequest request) {
        lock.lock();
        try {
            Key key = Key.of(request);
            Deque<EncodeRequest> waiting = streams.get(key);
            if (waiting != null && waiting.remove(request)) {
                size--;
                if (waiting.isEmpty()) {
                    streams.remove(key);
                    turns.remove(key);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            streams.clear();
            turns.clear();
            size = 0;
        } finally {
            lock.unlock();
        }
    }
}
