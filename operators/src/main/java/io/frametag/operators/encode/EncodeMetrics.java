package io.frametag.operators.encode;

import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.SampledOutFrame;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** The metrics of one {@link EncodeFrames}. Thread-safe: written by task and encoder threads. */
final class EncodeMetrics {

    private final Counter framesIn;
    private final Counter framesEncoded;
    private final Counter framesReused;
    private final Counter framesDropped;
    private final Counter framesSampledOut;
    private final Counter framesFailed;
    private final Histogram encodeBatchSize;
    private final Histogram encodeQueueTimeMs;
    private final Histogram encodeInferenceTimeMs;

    EncodeMetrics(MetricGroup group) {
        framesIn = group.counter("framesIn", new ThreadSafeSimpleCounter());
        framesEncoded = group.counter("framesEncoded", new ThreadSafeSimpleCounter());
        framesReused = group.counter("framesReused", new ThreadSafeSimpleCounter());
        framesDropped = group.counter("framesDropped", new ThreadSafeSimpleCounter());
        framesSampledOut = group.counter("framesSampledOut", new ThreadSafeSimpleCounter());
        framesFailed = group.counter("framesFailed", new ThreadSafeSimpleCounter());
        encodeBatchSize = group.histogram("encodeBatchSize", new RecentHistogram());
        encodeQueueTimeMs = group.histogram("encodeQueueTimeMs", new RecentHistogram());
        encodeInferenceTimeMs = group.histogram("encodeInferenceTimeMs", new RecentHistogram());
    }

    void entered() {
        framesIn.inc();
    }

    void timed(EncodeRequest.Timings timings) {
        encodeBatchSize.update(timings.batchSize());
        encodeQueueTimeMs.update(TimeUnit.NANOSECONDS.toMillis(timings.queueNanos()));
        encodeInferenceTimeMs.update(TimeUnit.NANOSECONDS.toMillis(timings.inferenceNanos()));
    }

    void done(EncodeResult result) {
        if (result instanceof FrameEmbedding embedding) {
            (embedding.reused() ? framesReused : framesEncoded).inc();
        } else if (result instanceof DroppedFrame) {
            framesDropped.inc();
        } else if (result instanceof SampledOutFrame) {
            framesSampledOut.inc();
        } else {
            framesFailed.inc();
        }
    }
}
