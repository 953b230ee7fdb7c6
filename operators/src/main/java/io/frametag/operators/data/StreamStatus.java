package io.frametag.operators.data;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is and what became of its frames since the job started: one record on the status
 * topic. {@code in = tagged + sampledOut + dropped + failed + inFlight} always holds; {@code
 * inFlight} is 0 once the stream has ended.
 *
 * @param stream id of the stream
 * @param time when this was said, in milliseconds since the epoch
 * @param state how the stream is
 * @param in frames that entered
 * @param tagged frames that have a record on the tags topic
 * @param reused of those tagged, frames that look like one before and got their tags from its
 *     embedding
 * @param sampledOutBy frames left out by the sampling, by reason ({@link SampledOut})
 * @param dropped frames lost, by reason
 * @param failed frames that could not be processed, by reason
 * @param inFlight frames on their way
 * @param lastFrameTime event time of the newest frame, in milliseconds since the epoch; null before
 *     the first
 * @param error why the stream is not up; null where nothing is wrong
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record StreamStatus(
        String stream,
        long time,
        StreamState state,
        long in,
        long tagged,
        long reused,
        Map<String, Long> sampledOutBy,
        Map<String, Long> dropped,
        Map<String, Long> failed,
        long inFlight,
        @Nullable Long lastFrameTime,
        @Nullable String error) {

    public StreamStatus {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(state, "state");
        sampledOutBy = Map.copyOf(sampledOutBy);
        dropped = Map.copyOf(dropped);
        failed = Map.copyOf(failed);
    }

    /** Of a stream that is sampled by its rate alone. */
    public StreamStatus(
            String stream,
            long time,
            StreamState state,
            long in,
            long tagged,
            long sampledOut,
            Map<String, Long> dropped,
            Map<String, Long> failed,
            long inFlight,
            @Nullable Long lastFrameTime,
            @Nullable String error) {
        this(
                stream,
                time,
                state,
                in,
                tagged,
                0,
                SampledOut.of(SampledOut.RATE, sampledOut),
                dropped,
                failed,
                inFlight,
                lastFrameTime,
                error);
    }

    /** Frames left out by the sampling, over all reasons. */
    public long sampledOut() {
        return Counts.sum(sampledOutBy);
    }

    /** Frames lost, over all reasons. */
    public long droppedTotal() {
        return Counts.sum(dropped);
    }

    /** Frames that could not be processed, over all reasons. */
    public long failedTotal() {
        return Counts.sum(failed);
    }
}
