package io.frametag.operators.encode;

import io.frametag.models.ModelException;
import io.frametag.operators.model.EncoderModels;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One {@link EncoderService} for all operators of the process that ask for the same model and
 * options: opened by the first, closed by the last. Thread-safe.
 *
 * <p>Opening and closing hold the lock, so a model is never loaded twice at once, and a job that
 * fails over waits until the old one's memory is free.
 */
final class SharedEncoders {

    /**
     * Those of this process, or rather of the class loader: slots of one TaskManager are meant to
     * share.
     */
    static final SharedEncoders PROCESS = new SharedEncoders(BatchClock.system());

    private final BatchClock clock;
    private final Map<Key, Shared> open = new HashMap<>();

    SharedEncoders(BatchClock clock) {
        this.clock = clock;
    }

    private record Key(EncoderModels models, BatchOptions options) {}

    private static final class Shared {
        private final EncoderService service;
        private int leases;

        Shared(EncoderService service) {
            this.service = service;
        }
    }

    /** The right to use a service; given back once, further calls do nothing. */
    final class Lease implements AutoCloseable {

        private final Key key;
        private final EncoderService service;
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease(Key key, EncoderService service) {
            this.key = key;
            this.service = service;
        }

        EncoderService service() {
            return service;
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release(key);
            }
        }
    }

    /**
     * @throws ModelException if the model can't be used
     */
    synchronized Lease acquire(EncoderModels models, BatchOptions options) throws ModelException {
        Key key = new Key(models, options);
        Shared shared = open.get(key);
        if (shared == null) {
            shared = new Shared(EncoderService.open(models, options, clock));
            open.put(key, shared);
        }
        shared.leases++;
        return new Lease(key, shared.service);
    }

    private synchronized void release(Key key) {
        Shared shared = open.get(key);
        shared.leases--;
        if (shared.leases == 0) {
            open.remove(key);
            shared.service.close();
        }
    }

    /** Services that are open now. */
    synchronized int openCount() {
        return open.size();
    }
}
