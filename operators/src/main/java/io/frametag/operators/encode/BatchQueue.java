package io.frametag.operators.encode;

import io.frametag.operators.model.ImageModel;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the decoding threads and the inference thread meet: two batches, of which one is filled
 * while the other runs.
 *
 * <p>A slot is reserved only for a picture that was decoded, so a batch has no holes. A batch is
 * sealed when it is full or when its first frame has waited {@code maxDelay}; it is run once all of
 * its reserved slots are written. While both batches are full or running, {@link #reserve} waits:
 * that is the bound on decoded pixels.
 *
 * <p>Thread-safe.
 */
final class BatchQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BatchClock clock;
    private final int maxSize;
    private final long maxDelayNanos;

    private final Deque<Batch> free = new ArrayDeque<>();
    private final Deque<Batch> sealed = new ArrayDeque<>();
    private @Nullable Batch filling;
    private boolean closed;

    BatchQueue(ImageModel model, BatchOptions options, BatchClock clock) {
        this.clock = clock;
        this.maxSize = options.maxSize();
        this.maxDelayNanos = options.maxDelay().toNanos();
        this.filling = new Batch(model.newBatch(maxSize));
        this.free.add(new Batch(model.newBatch(maxSize)));
    }

    /** Frames that run together. Its fields are guarded by the queue's lock until it is taken. */
    static final class Batch {

        private final ImageModel.Batch pictures;
        private final List<EncodeRequest> requests = new ArrayList<>();
        private int unwritten;
        private long deadlineNanos;

        Batch(ImageModel.Batch pictures) {
            this.pictures = pictures;
        }

        ImageModel.Batch pictures() {
            return pictures;
        }

        List<EncodeRequest> requests() {
            return requests;
        }
    }

    /** A place in a batch; whoever reserved it says {@link #written} once, whatever happens. */
    record Slot(Batch batch, int index) {

        FloatBuffer pixels() {
            return batch.pictures.slot(index);
        }
    }

    /** Waits for a slot; null once the queue is closed. */
    @Nullable Slot reserve(EncodeRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && filling == null) {
                changed.await();
            }
            return closed ? null : add(request);
        } finally {
            lock.unlock();
        }
    }

    private Slot add(EncodeRequest request) {
        Batch batch = filling;
        if (batch.requests.isEmpty()) {
            batch.deadlineNanos = clock.nanos() + maxDelayNanos;
        }
        batch.requests.add(request);
        batch.unwritten++;
        Slot slot = new Slot(batch, batch.requests.size() - 1);
        if (batch.requests.size() == maxSize) {
            seal();
        }
        changed.signalAll();
        return slot;
    }

    private void seal() {
        sealed.add(filling);
        filling = free.poll();
    }

    /** The slot's pixels are there, or never will be and its request is settled. */
    void written(Slot slot) {
        lock.lock();
        try {
            slot.batch.unwritten--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch to run; null once the queue is closed. It is handed back to recycle. */
    @Nullable Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Batch next = sealed.peek();
                if (next != null && next.unwritten == 0) {
                    return sealed.poll();
                }
                awaitChange(next);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange(@Nullable Batch next) throws InterruptedException {
        if (next != null || filling == null || filling.requests.isEmpty()) {
            changed.await();
            return;
        }
        long wait = filling.deadlineNanos - clock.nanos();
        if (wait <= 0) {
            seal();
        } else {
            clock.await(changed, wait);
        }
    }

    /** Takes back a batch that was run. */
    void recycle(Batch batch) {
        lock.lock();
        try {
            batch.requests.clear();
            free.add(batch);
            if (filling == null) {
                filling = free.poll();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, for good. Frames in the batches are not run. */
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
