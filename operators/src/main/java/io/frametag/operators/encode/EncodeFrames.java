package io.frametag.operators.encode;

import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOutFrame;
import io.frametag.operators.model.EncoderModels;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Frames to embeddings, for {@code AsyncDataStream}: Flink keeps the frames in flight in its state
 * until their results are out and bounds their number; decoding and inference run in the {@link
 * EncoderService} that all slots of the TaskManager share.
 *
 * <p>Complete frames go through {@code orderedWait}, so they come out in order, also after a
 * restart. There, one slow frame holds up the results of all streams. So live frames go through
 * {@code unorderedWait}, and the order within each stream is kept here. After a restart live frames
 * that were in flight are too old, mostly, and dropped.
 *
 * <p>Exactly one result for each frame. A live frame that is too old or superseded becomes a {@link
 * DroppedFrame}, one that shows no motion a {@link SampledOutFrame}. A frame that can't be decoded
 * or encoded, or not within the timeout, becomes a {@link FailedFrame}; only a model that can't be
 * opened, or an error of the process itself, fails the job.
 */
@Internal
public final class EncodeFrames extends RichAsyncFunction<Frame, EncodeResult> {

    private static final long serialVersionUID = 1L;

    private final EncoderModels models;
    private final BatchOptions options;
    private final EncodePolicy policy;
    private final int maxErrorBytes;

    private transient @Nullable PictureGates gates;
    private transient @Nullable StreamOrder order;
    private transient @Nullable Map<ResultFuture<EncodeResult>, EncodeRequest> inFlight;
    private transient SharedEncoders.@Nullable Lease lease;
    private transient @Nullable EncodeMetrics metrics;

    /**
     * @param maxErrorBytes a failed frame keeps its bytes up to that many
     */
    public EncodeFrames(
            EncoderModels models, BatchOptions options, EncodePolicy policy, int maxErrorBytes) {
        this.models = models;
        this.options = options;
        this.policy = policy;
        this.maxErrorBytes = maxErrorBytes;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        metrics = new EncodeMetrics(getRuntimeContext().getMetricGroup());
        gates = new PictureGates(policy);
        order = new StreamOrder();
        inFlight = Collections.synchronizedMap(new IdentityHashMap<>());
        lease = SharedEncoders.PROCESS.acquire(models, options);
    }

    @Override
    public void asyncInvoke(Frame frame, ResultFuture<EncodeResult> future) {
        metrics.entered();
        EncodeRequest request = new EncodeRequest(frame, gates, new Completion(frame, future));
        inFlight.put(future, request);
        lease.service().submit(request);
    }

    /** Called by Flink on the task thread. */
    @Override
    public void timeout(Frame frame, ResultFuture<EncodeResult> future) {
        EncodeRequest request = inFlight.get(future);
        if (request != null && !request.isSettled()) {
            request.failed(FailureReason.TIMEOUT, "not encoded within the timeout");
            lease.service().forget(request);
        }
    }

    @Override
    public void close() {
        if (lease == null) {
            return;
        }
        synchronized (inFlight) {
            inFlight.values().forEach(lease.service()::cancel);
            inFlight.clear();
        }
        lease.close();
        lease = null;
    }

    /** Hands a result to Flink; on a decoding, a lane's or the task thread. */
    private final class Completion implements EncodeRequest.Listener {

        private final ResultFuture<EncodeResult> future;
        private final StreamOrder.Place place;

        Completion(Frame frame, ResultFuture<EncodeResult> future) {
            this.future = future;
            place =
                    order.enter(
                            frame.stream(), result -> future.complete(List.of(bounded(result))));
        }

        @Override
        public void timed(EncodeRequest.Timings timings) {
            metrics.timed(timings);
        }

        @Override
        public void done(EncodeResult result) {
            inFlight.remove(future);
            metrics.done(result);
            place.done(result);
        }

        @Override
        public void broken(Error error) {
            inFlight.remove(future);
            future.completeExceptionally(error);
            place.gone();
        }
    }

    private EncodeResult bounded(EncodeResult result) {
        return result instanceof FailedFrame failed
                        && failed.bytes() != null
                        && failed.bytes().length > maxErrorBytes
                ? new FailedFrame(
                        failed.stream(),
                        failed.sequence(),
                        failed.frameTime(),
                        failed.reason(),
                        failed.detail(),
                        null)
                : result;
    }
}
