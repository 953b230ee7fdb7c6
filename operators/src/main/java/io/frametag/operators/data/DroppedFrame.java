package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A frame of a live stream that was given up for a fresher one, or because it was too old.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream
 * @param frameTime event time of the frame, in milliseconds since the epoch
 * @param reason a short fixed word that counters are kept by, such as {@code stale}
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record DroppedFrame(String stream, long sequence, long frameTime, String reason)
        implements EncodeResult {

    public DroppedFrame {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(reason, "reason");
    }
}
