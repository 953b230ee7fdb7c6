package io.frametag.operators.data;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/** What became of a frame that was to be encoded: exactly one of these for each frame. */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public sealed interface EncodeResult
        permits FrameEmbedding, FailedFrame, DroppedFrame, SampledOutFrame {

    /** Id of the frame's stream. */
    String stream();
}
