package io.frametag.operators.encode;

import io.frametag.models.ModelId;
import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.SampledOutFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A frame on its way through the {@link EncoderService}. It is settled exactly once: by a result,
 * by an error of the process itself, or by being cancelled, after which nothing is called.
 */
final class EncodeRequest {

    /** Hears of the end of a request, on a decoding thread or a lane's; doesn't block. */
    interface Listener {

        void done(EncodeResult result);

        /** The process can't go on, as after a missing native library. */
        void broken(Error error);

        /** Before {@link #done}, for each frame that the model has seen. */
        void timed(Timings timings);
    }

    /**
     * How long a frame took.
     *
     * @param queueNanos from submission to the start of the run
     * @param inferenceNanos of the run
     * @param batchSize frames of the run
     */
    record Timings(long queueNanos, long inferenceNanos, int batchSize) {}

    private final Frame frame;
    private final PictureGates gates;
    private final Listener listener;

    /** Kept by others without this request, so that a picture isn't kept for the sake of it. */
    private final CompletableFuture<Optional<float[]>> vector = new CompletableFuture<>();

    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile long submittedNanos;
    private volatile long staleNanos;
    private volatile boolean judged;

    /**
     * @param gates of the operator that the frame belongs to
     */
    EncodeRequest(Frame frame, PictureGates gates, Listener listener) {
        this.frame = frame;
        this.gates = gates;
        this.listener = listener;
    }

    Frame frame() {
        return frame;
    }

    PictureGates gates() {
        return gates;
    }

    /** Whether a fresher frame of its stream goes before it. */
    boolean isLive() {
        return frame.delivery().live();
    }

    /**
     * @param nanos now
     * @param epochMillis now, too
     */
    void submittedAt(long nanos, long epochMillis) {
        submittedNanos = nanos;
        Duration own = frame.delivery().maxStaleness();
        Duration most = own == null ? gates.policy().maxStaleness() : own;
        long ageMillis = Math.max(0, epochMillis - frame.arrivalTime());
        staleNanos = nanos + TimeUnit.MILLISECONDS.toNanos(most.toMillis() - ageMillis);
    }

    /** Drops the frame if it is live and too old by then; false where it is settled, or is now. */
    boolean isWantedAt(long nanos) {
        if (isLive() && nanos - staleNanos > 0) {
            dropped(DropReason.STALE);
        }
        return !isSettled();
    }

    /** Whether its picture was looked at and found worth encoding. */
    boolean isJudged() {
        return judged;
    }

    /** From here on it is encoded without another look at its picture. */
    void judged() {
        judged = true;
    }

    /** Gets the frame's embedding, or nothing once it is settled without one. */
    CompletableFuture<Optional<float[]>> vector() {
        return vector;
    }

    boolean isSettled() {
        return settled.get();
    }

    /** From here on the listener is not called. */
    void cancel() {
        settled.set(true);
        vector.complete(Optional.empty());
    }

    void encoded(ModelId model, float[] embedding, long startNanos, long endNanos, int batchSize) {
        if (settled.compareAndSet(false, true)) {
            listener.timed(
                    new Timings(startNanos - submittedNanos, endNanos - startNanos, batchSize));
            listener.done(result(model, embedding, false));
            vector.complete(Optional.of(embedding));
        }
    }

    /** The frame looks like another, and gets its embedding. */
    void reused(ModelId model, float[] embedding) {
        if (settled.compareAndSet(false, true)) {
            listener.done(result(model, embedding, true));
        }
    }

    private FrameEmbedding result(ModelId model, float[] embedding, boolean reused) {
        return new FrameEmbedding(
                frame.stream(),
                frame.sequence(),
                frame.frameTime(),
                frame.arrivalTime(),
                model,
                embedding,
                reused);
    }

    /** A fresher frame goes first, or the frame is too old. */
    void dropped(String reason) {
        settle(new DroppedFrame(frame.stream(), frame.sequence(), frame.frameTime(), reason));
    }

    /** The frame needs no encoding. */
    void sampledOut(String reason) {
        settle(new SampledOutFrame(frame.stream(), frame.sequence(), frame.frameTime(), reason));
    }

    void failed(String reason, String detail) {
        settle(
                new FailedFrame(
                        frame.stream(),
                        frame.sequence(),
                        frame.frameTime(),
                        reason,
                        detail,
                        frame.bytes()));
    }

    private void settle(EncodeResult result) {
        if (settled.compareAndSet(false, true)) {
            listener.done(result);
            vector.complete(Optional.empty());
        }
    }

    /** With the first line of the exception's message. */
    void failed(String reason, Exception cause) {
        String message =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        failed(reason, message.lines().findFirst().orElse(message));
    }

    void broken(Error error) {
        if (settled.compareAndSet(false, true)) {
            listener.broken(error);
            vector.complete(Optional.empty());
        }
    }
}
