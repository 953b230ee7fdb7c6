package io.frametag.operators.encode;

import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** The metrics of one {@link EncodeFrames}. Thread-safe: written by task and encoder threads. */
final class EncodeMetrics {

    private final Counter framesIn;
    private final Counter framesEncoded;
    private final Counter framesFailed;
    private final Histogram encodeBatchSize;
    private final Histogram encodeQueueTimeMs;
    private final Histogram encodeInferenceTimeMs;

    EncodeMetrics(MetricGroup group) {
        framesIn = group.counter("framesIn", new ThreadSafeSimpleCounter());
        framesEncoded = group.counter("framesEncoded", new ThreadSafeSimpleCounter());
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
        (result instanceof FailedFrame ? framesFailed : framesEncoded).inc();
    }
}
