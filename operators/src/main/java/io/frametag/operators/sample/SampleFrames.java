package io.frametag.operators.sample;

import io.frametag.operators.data.Counts;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the frames that the {@link Sampling} keeps and counts the others. Keyed by stream, so a
 * frame crosses a network edge on its way here; a source that samples by itself spares that.
 *
 * <p>The count of frames left out is told in {@link StreamReport}s: before the next frame kept,
 * with the next report of the source, after an interval, and at the end of input; each frame in
 * exactly one of them, as count and position are Flink state.
 */
@Internal
public final class SampleFrames extends KeyedProcessFunction<String, StreamItem, StreamItem> {

    private static final long serialVersionUID = 1L;

    private final Sampling sampling;
    private final long intervalMs;

    private transient @Nullable ValueState<Long> lastInterval;
    private transient @Nullable ValueState<Long> leftOut;
    private transient @Nullable ValueState<String> streamState;
    private transient @Nullable ValueState<String> error;

    /**
     * @param interval after which frames left out are told at the latest
     */
    public SampleFrames(Sampling sampling, Duration interval) {
        this.sampling = sampling;
        this.intervalMs = interval.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        lastInterval = state("last-interval", Types.LONG);
        leftOut = state("left-out", Types.LONG);
        streamState = state("stream-state", Types.STRING);
        error = state("error", Types.STRING);
    }

    private <T> ValueState<T> state(String name, TypeInformation<T> type) {
        return getRuntimeContext().getState(new ValueStateDescriptor<>(name, type));
    }

    @Override
    public void processElement(StreamItem item, Context context, Collector<StreamItem> out)
            throws Exception {
        if (item instanceof StreamReport report) {
            streamState.update(report.state().id());
            error.update(report.error());
            out.collect(plus(report, takeLeftOut()));
        } else if (item instanceof Frame frame) {
            streamState.update(StreamState.UP.id());
            error.clear();
            @Nullable Long last = lastInterval.value();
            if (sampling.keeps(frame.frameTime(), last == null ? Sampling.NO_INTERVAL : last)) {
                lastInterval.update(sampling.interval(frame.frameTime()));
                tell(context, out);
                out.collect(frame);
            } else {
                leaveOut(context);
            }
        }
    }

    private void leaveOut(Context context) throws Exception {
        @Nullable Long before = leftOut.value();
        if (before == null) {
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer(now + intervalMs);
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        leftOut.update(before == null ? 1 : before + 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<StreamItem> out)
            throws Exception {
        tell(context, out);
    }

    private void tell(Context context, Collector<StreamItem> out) throws Exception {
        long count = takeLeftOut();
        if (count > 0) {
            out.collect(
                    new StreamReport(
                            context.getCurrentKey(),
                            context.timerService().currentProcessingTime(),
                            StreamState.valueOf(streamState.value().toUpperCase(Locale.ROOT)),
                            count,
                            Map.of(),
                            Map.of(),
                            error.value()));
        }
    }

    private long takeLeftOut() throws Exception {
        @Nullable Long count = leftOut.value();
        leftOut.clear();
        return count == null ? 0 : count;
    }

    private static StreamReport plus(StreamReport report, long sampledOut) {
        return new StreamReport(
                report.stream(),
                report.time(),
                report.state(),
                Counts.plus(report.sampledOutBy(), SampledOut.of(SampledOut.RATE, sampledOut)),
                report.dropped(),
                report.failed(),
                report.error());
    }
}
