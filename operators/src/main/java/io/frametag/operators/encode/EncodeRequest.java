package io.frametag.operators.encode;

import io.frametag.models.ModelId;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
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
    private final Listener listener;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile long submittedNanos;

    EncodeRequest(Frame frame, Listener listener) {
        this.frame = frame;
        this.listener = listener;
    }

    Frame frame() {
        return frame;
    }

    void submittedAt(long nanos) {
        submittedNanos = nanos;
    }

    boolean isSettled() {
        return settled.get();
    }

    /** From here on the listener is not called. */
    void cancel() {
        settled.set(true);
    }

    void encoded(ModelId model, float[] embedding, long startNanos, long endNanos, int batchSize) {
        if (settled.compareAndSet(false, true)) {
            listener.timed(
                    new Timings(startNanos - submittedNanos, endNanos - startNanos, batchSize));
            listener.done(
                    new FrameEmbedding(
                            frame.stream(),
                            frame.sequence(),
                            frame.frameTime(),
                            frame.arrivalTime(),
                            model,
                            embedding));
        }
    }

    void failed(String reason, String detail) {
        if (settled.compareAndSet(false, true)) {
            listener.done(
                    new FailedFrame(
                            frame.stream(),
                            frame.sequence(),
                            frame.frameTime(),
                            reason,
                            detail,
                            frame.bytes()));
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
        }
    }
}
