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
 * @param sampledOut frames left out by the sampling
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
        long sampledOut,
        Map<String, Long> dropped,
        Map<String, Long> failed,
        long inFlight,
        @Nullable Long lastFrameTime,
        @Nullable String error) {

    public StreamStatus {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(state, "state");
        dropped = Map.copyOf(dropped);
        failed = Map.copyOf(failed);
    }

    /** Frames lost, over all reasons. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Frames that could not be processed, over all reasons. */
    public long failedTotal() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }
}
