package io.frametag.operators.encode;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.operators.model.ImageModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run a model, one for each of its {@link ImageModel#lanes lanes}: each takes a
 * batch, runs it and hands out its vectors, until the queue is closed. A batch that fails fails its
 * own frames alone.
 *
 * <p>They own the model: the last lane to end closes it, so it is never closed during a run.
 */
final class InferenceLanes {

    private static final Logger LOG = LoggerFactory.getLogger(InferenceLanes.class);

    private final ImageModel model;
    private final ModelId modelId;
    private final BatchQueue batches;
    private final BatchOptions options;
    private final BatchClock clock;
    private final FailureLog failures;
    private final AtomicInteger unended;

    InferenceLanes(ImageModel model, BatchQueue batches, BatchOptions options, BatchClock clock) {
        this.model = model;
        this.modelId = model.id();
        this.batches = batches;
        this.options = options;
        this.clock = clock;
        this.failures = new FailureLog(clock);
        this.unended = new AtomicInteger(model.lanes());
    }

    ModelId model() {
        return modelId;
    }

    /** Not started yet; once one of them is, all must be. */
    List<Thread> threads() {
        return IntStream.range(0, unended.get())
                .mapToObj(lane -> new Thread(this::runBatches, "frametag-encode-" + lane))
                .toList();
    }

    private void runBatches() {
        try {
            BatchQueue.Batch batch = batches.take();
            while (batch != null) {
                run(batch);
                batches.recycle(batch);
                batch = batches.take();
            }
        } catch (InterruptedException e) {
            LOG.debug("inference ends: the encoder is being closed", e);
        } finally {
            if (unended.decrementAndGet() == 0) {
                model.close();
            }
        }
    }

    private void run(BatchQueue.Batch batch) {
        List<EncodeRequest> requests = batch.requests();
        long startNanos = clock.nanos();
        if (requests.stream().filter(r -> r.isWantedAt(startNanos)).count() == 0) {
            return;
        }
        try {
            float[][] vectors = batch.pictures().encode(options.bucket(requests.size()));
            long endNanos = clock.nanos();
            for (int i = 0; i < requests.size(); i++) {
                requests.get(i).encoded(modelId, vectors[i], startNanos, endNanos, requests.size());
            }
        } catch (ModelException | RuntimeException e) {
            log(requests.size(), e);
            requests.forEach(r -> r.failed(FailureReason.ENCODER_ERROR, e));
        } catch (Error e) {
            requests.forEach(r -> r.broken(e));
        }
    }

    private void log(int frames, Exception e) {
        long count = failures.failed();
        if (count == 1) {
            LOG.warn("a batch of {} frames failed", frames, e);
        } else if (count > 1) {
            LOG.warn("{} batches failed since the last was told, this of {}", count, frames, e);
        }
    }
}
