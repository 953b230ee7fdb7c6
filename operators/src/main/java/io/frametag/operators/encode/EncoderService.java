package io.frametag.operators.encode;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.model.FrameReader;
import io.frametag.operators.model.ImageModel;
import io.frametag.operators.sample.LumaGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The image encoder of one process: a pool of threads that decode, and one for each lane of the
 * model that runs it.
 *
 * <pre>
 * submit → pending → decode threads: decode, judge, reserve a slot, write it ┐
 *                                               a batch per lane, and one ───┤
 *                                         lanes: run, hand out vectors ──────┘
 * </pre>
 *
 * <p><b>Bounds.</b> Pending holds what the operators have in flight; they take a request out when
 * they give it up, so it can't grow past the sum of their capacities, nor past {@link
 * #MAX_PENDING}. Decoded pictures: one per decoding thread. Model input: one batch more than lanes.
 *
 * <p><b>Too many frames.</b> Streams take turns at being decoded ({@link PendingRequests}). Live
 * frames that are superseded or too old are dropped before they are decoded, and those that grew
 * too old since, before they are run; so a live frame that is encoded is at its result no older
 * than its limit and one run. The {@link PictureGates} spare the encoder frames that show nothing
 * new.
 *
 * <p><b>Ownership.</b> Each decoding thread owns its {@link FrameReader} and the {@link
 * InferenceLanes} own the model; each closes its own as it ends. So nothing native is closed while
 * in use, even where {@link #close} has stopped waiting.
 *
 * <p>Thread-safe.
 */
final class EncoderService implements AutoCloseable {

    /** Most requests that wait for a decoding thread. */
    static final int MAX_PENDING = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(EncoderService.class);
    private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final BatchClock clock;
    private final BatchQueue batches;
    private final InferenceLanes lanes;
    private final PendingRequests pending = new PendingRequests(MAX_PENDING);
    private final List<Thread> decoding = new ArrayList<>();
    private final List<Thread> inference;
    private volatile boolean closed;

    private EncoderService(ImageModel model, BatchOptions options, BatchClock clock) {
        this.clock = clock;
        this.batches = new BatchQueue(model, options, clock);
        this.lanes = new InferenceLanes(model, batches, options, clock);
        this.inference = lanes.threads();
    }

    /** Opens the model, runs it at each batch size in all lanes, and starts the threads. */
    static EncoderService open(EncoderModels models, BatchOptions options, BatchClock clock)
            throws ModelException {
        ImageModel model = models.openImageModel();
        List<FrameReader> readers = new ArrayList<>();
        try {
            model.warmUp(options.buckets());
            EncoderService service = new EncoderService(model, options, clock);
            for (int i = 0; i < options.decodeThreads(); i++) {
                readers.add(model.newReader());
            }
            service.start(readers);
            return service;
        } catch (ModelException | RuntimeException | Error e) {
            readers.forEach(FrameReader::close);
            model.close();
            throw e;
        }
    }

    private void start(List<FrameReader> readers) {
        for (FrameReader reader : readers) {
            String name = "frametag-decode-" + decoding.size();
            decoding.add(new Thread(() -> decodePending(reader), name));
        }
        for (Thread thread : threads()) {
            thread.setDaemon(true);
            thread.setContextClassLoader(EncoderService.class.getClassLoader());
            thread.start();
        }
    }

    private List<Thread> threads() {
        return Stream.concat(inference.stream(), decoding.stream()).toList();
    }

    ModelId model() {
        return lanes.model();
    }

    /** Takes a request; returns at once. */
    void submit(EncodeRequest request) {
        request.submittedAt(clock.nanos(), clock.epochMillis());
        List<EncodeRequest> superseded = new ArrayList<>(1);
        if (!pending.offer(request, superseded)) {
            tooMany(request);
        }
        superseded.forEach(older -> older.dropped(DropReason.SUPERSEDED));
    }

    private static void tooMany(EncodeRequest request) {
        request.failed(
                FailureReason.OVERLOADED,
                MAX_PENDING + " frames are waiting; lower the operators' queue capacity");
    }

    /** Gives a request up: its listener is not called any more. */
    void cancel(EncodeRequest request) {
        request.cancel();
        forget(request);
    }

    /** Frees the place of a request that is settled. */
    void forget(EncodeRequest request) {
        pending.remove(request);
    }

    /** Requests that no decoding thread has taken yet. */
    int pendingCount() {
        return pending.size();
    }

    /** Lanes that wait for a batch. */
    int idleLanes() {
        return batches.idleLanes();
    }

    /** Whether decoding waits for the model. */
    boolean isHeldBack() {
        return batches.isFull();
    }

    private void decodePending(FrameReader reader) {
        try (reader) {
            while (!closed) {
                EncodeRequest request = pending.poll(1, TimeUnit.SECONDS);
                if (request != null && request.isWantedAt(clock.nanos())) {
                    prepare(request, reader);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("decoding ends: the encoder is being closed", e);
        }
    }

    private void prepare(EncodeRequest request, FrameReader reader) throws InterruptedException {
        Picture picture = decode(request, reader);
        boolean needed = picture != null && needsEncoder(request, picture);
        BatchQueue.Slot slot = needed ? batches.reserve(request) : null;
        if (slot == null) {
            return;
        }
        try {
            reader.write(picture, slot.pixels());
        } catch (RuntimeException e) {
            request.failed(FailureReason.DECODER_ERROR, e);
        } catch (Error e) {
            request.broken(e);
        } finally {
            batches.written(slot);
        }
    }

    /** Null where the request was settled by a failure. */
    private static @Nullable Picture decode(EncodeRequest request, FrameReader reader) {
        try {
            return reader.decode(request.frame());
        } catch (PictureException e) {
            request.failed(e.reason(), e);
        } catch (RuntimeException e) {
            request.failed(FailureReason.DECODER_ERROR, e);
        } catch (Error e) {
            request.broken(e);
        }
        return null;
    }

    /**
     * False where the frame shows nothing new: it is then settled, or will be without the model.
     */
    private boolean needsEncoder(EncodeRequest request, Picture picture) {
        if (request.isJudged() || !request.gates().policy().looksAtPictures()) {
            return true;
        }
        request.judged();
        PictureGates.Verdict verdict = request.gates().judge(request, LumaGrid.of(picture));
        if (!verdict.kept()) {
            request.sampledOut(SampledOut.MOTION);
            return false;
        }
        CompletableFuture<Optional<float[]>> vector = verdict.vector();
        if (vector != null) {
            vector.thenAccept(found -> reuse(request, found))
                    .exceptionally(
                            e -> {
                                LOG.error("the result of {} is lost", request.frame(), e);
                                return null;
                            });
        }
        return vector == null;
    }

    /** The other frame's vector is there, or never will be: then this one is encoded after all. */
    private void reuse(EncodeRequest request, Optional<float[]> found) {
        if (found.isPresent()) {
            request.reused(lanes.model(), found.get());
        } else if (!request.isSettled() && !pending.offerAgain(request)) {
            if (request.isLive()) {
                request.dropped(DropReason.SUPERSEDED);
            } else {
                tooMany(request);
            }
        }
    }

    /**
     * Ends the threads, without running what is still waiting, and frees the model. Waits at most
     * 30 seconds; a run that takes longer frees the model when it ends.
     */
    @Override
    public void close() {
        closed = true;
        batches.close();
        decoding.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        boolean interrupted = false;
        for (Thread thread : threads()) {
            interrupted |= !joined(thread, deadline);
        }
        pending.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the wait was not interrupted. */
    private static boolean joined(Thread thread, long deadlineNanos) {
        try {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            thread.join(Math.max(1, millis));
            if (thread.isAlive()) {
                LOG.warn("{} has not ended; it frees what it owns when it does", thread.getName());
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
