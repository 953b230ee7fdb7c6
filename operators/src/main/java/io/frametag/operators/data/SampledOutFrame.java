package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A frame that the sampling left out after it was decoded, since that takes a look at its picture.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream
 * @param frameTime event time of the frame, in milliseconds since the epoch
 * @param reason one of {@link SampledOut}
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record SampledOutFrame(String stream, long sequence, long frameTime, String reason)
        implements EncodeResult {

    public SampledOutFrame {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(reason, "reason");
    }
}
