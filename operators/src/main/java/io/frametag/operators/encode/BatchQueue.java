package io.frametag.operators.encode;

import io.frametag.operators.model.ImageModel;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the decoding threads and the lanes meet, each of which runs a batch at a time: a batch for
 * each lane, and one more that is filled while all of them run.
 *
 * <p>A slot is reserved only for a picture that was decoded, so a batch has no holes. A batch is
 * sealed when it is full or when its first frame has waited {@code maxDelay}; it is run once all of
 * its reserved slots are written. While all batches are full or running, {@link #reserve} waits:
 * that is the bound on decoded pixels.
 *
 * <p>While several lanes wait for work, as many batches are filled, and a frame goes to the
 * emptiest: two frames at once are encoded by two lanes, not one after the other by the first.
 *
 * <p>Thread-safe.
 */
final class BatchQueue {

    /** Fair, or a decoded picture might wait for a slot while others go before it, and grow old. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();
    private final BatchClock clock;
    private final int maxSize;
    private final long maxDelayNanos;

    private final Deque<Batch> free = new ArrayDeque<>();
    private final List<Batch> filling = new ArrayList<>();
    private final List<Batch> sealed = new ArrayList<>();
    private int idleLanes;
    private boolean closed;

    BatchQueue(ImageModel model, BatchOptions options, BatchClock clock) {
        this.clock = clock;
        this.maxSize = options.maxSize();
        this.maxDelayNanos = options.maxDelay().toNanos();
        for (int i = 0; i < model.lanes() + 1; i++) {
            free.add(new Batch(model.newBatch(maxSize)));
        }
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
            openForIdleLanes();
            while (!closed && filling.isEmpty()) {
                changed.await();
                openForIdleLanes();
            }
            return closed ? null : add(emptiest(), request);
        } finally {
            lock.unlock();
        }
    }

    /** A batch to fill for each lane that waits and has none ready; one where all are at work. */
    private void openForIdleLanes() {
        int wanted = Math.max(1, idleLanes - sealed.size());
        while (filling.size() < wanted && !free.isEmpty()) {
            filling.add(free.poll());
        }
    }

    private Batch emptiest() {
        return filling.stream().min(Comparator.comparingInt(b -> b.requests.size())).orElseThrow();
    }

    private Slot add(Batch batch, EncodeRequest request) {
        if (batch.requests.isEmpty()) {
            batch.deadlineNanos = clock.nanos() + maxDelayNanos;
        }
        batch.requests.add(request);
        batch.unwritten++;
        Slot slot = new Slot(batch, batch.requests.size() - 1);
        if (batch.requests.size() == maxSize) {
            filling.remove(batch);
            sealed.add(batch);
        }
        changed.signalAll();
        return slot;
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
        idleLanes++;
        try {
            while (!closed) {
                Batch ready = ready();
                if (ready == null) {
                    sealDue();
                    ready = ready();
                }
                if (ready != null) {
                    sealed.remove(ready);
                    return ready;
                }
                awaitChange();
            }
            return null;
        } finally {
            idleLanes--;
            lock.unlock();
        }
    }

    private @Nullable Batch ready() {
        return sealed.stream().filter(batch -> batch.unwritten == 0).findFirst().orElse(null);
    }

    /** Not while another batch is ready: until that is run, this one may still fill. */
    private void sealDue() {
        for (Iterator<Batch> batches = filling.iterator(); batches.hasNext(); ) {
            Batch batch = batches.next();
            if (!batch.requests.isEmpty() && batch.deadlineNanos - clock.nanos() <= 0) {
                batches.remove();
                sealed.add(batch);
            }
        }
    }

    private void awaitChange() throws InterruptedException {
        OptionalLong wait =
                filling.stream()
                        .filter(batch -> !batch.requests.isEmpty())
                        .mapToLong(batch -> batch.deadlineNanos - clock.nanos())
                        .min();
        if (wait.isEmpty()) {
            changed.await();
        } else {
            clock.await(changed, wait.getAsLong());
        }
    }

    /** Takes back a batch that was run. */
    void recycle(Batch batch) {
        lock.lock();
        try {
            batch.requests.clear();
            free.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lanes that wait for a batch. */
    int idleLanes() {
        lock.lock();
        try {
            return idleLanes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a picture that is decoded now has to wait for a run to end. */
    boolean isFull() {
        lock.lock();
        try {
            return filling.isEmpty() && free.isEmpty();
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
