package io.frametag.operators.data;

import io.frametag.models.ModelId;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The tags of one frame: one record on the tags topic, also where no prompt reached its threshold.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream
 * @param frameTime event time of the frame, in milliseconds since the epoch
 * @param model which model saw it
 * @param promptSetVersion the number of changes that had been applied to the prompt set
 * @param tags most probable first
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record FrameTags(
        String stream,
        long sequence,
        long frameTime,
        ModelId model,
        long promptSetVersion,
        List<Tag> tags) {

    public FrameTags {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(model, "model");
        tags = List.copyOf(tags);
    }
}
