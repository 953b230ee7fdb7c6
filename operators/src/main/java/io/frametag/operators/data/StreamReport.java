package io.frametag.operators.data;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of a stream beside its frames: how many it has read and left out since its
 * last report, and how the stream is. Counts are differences, so that adding up all reports of a
 * stream and the frames it emitted accounts for every frame it read.
 *
 * @param stream id of the stream
 * @param time when the report was made, in milliseconds since the epoch
 * @param state how the stream is now
 * @param sampledOutBy frames read since the last report and left out by the sampling, by reason
 *     ({@link SampledOut})
 * @param dropped frames read since the last report and lost, by reason
 * @param failed frames read since the last report that could not be decoded, by reason
 * @param error why the stream is not up; null where nothing is wrong
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record StreamReport(
        String stream,
        long time,
        StreamState state,
        Map<String, Long> sampledOutBy,
        Map<String, Long> dropped,
        Map<String, Long> failed,
        @Nullable String error)
        implements StreamItem {

    public StreamReport {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(state, "state");
        sampledOutBy = Map.copyOf(sampledOutBy);
        dropped = Map.copyOf(dropped);
        failed = Map.copyOf(failed);
    }

    /** A report of a sampling that goes by the frames' rate alone. */
    public StreamReport(
            String stream,
            long time,
            StreamState state,
            long sampledOut,
            Map<String, Long> dropped,
            Map<String, Long> failed,
            @Nullable String error) {
        this(
                stream,
                time,
                state,
                SampledOut.of(SampledOut.RATE, sampledOut),
                dropped,
                failed,
                error);
    }

    /** Frames read since the last report and left out by the sampling, over all reasons. */
    public long sampledOut() {
        return Counts.sum(sampledOutBy);
    }
}
