package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A frame that could not be processed, for the errors topic.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream
 * @param frameTime event time of the frame, in milliseconds since the epoch
 * @param reason a short fixed word that counters are kept by, such as {@code corrupt}
 * @param detail one line that names the cause
 * @param bytes the frame's bytes where they are few; null otherwise
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record FailedFrame(
        String stream,
        long sequence,
        long frameTime,
        String reason,
        String detail,
        byte @Nullable [] bytes)
        implements EncodeResult {

    public FailedFrame {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
