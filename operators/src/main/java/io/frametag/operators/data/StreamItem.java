package io.frametag.operators.data;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a source emits for a stream, in order: its frames, and between them reports on the frames
 * that the source itself left out and on how the stream is.
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public sealed interface StreamItem permits Frame, StreamReport {

    /** Id of the stream: a camera, a file or a key on the frames topic. */
    String stream();
}
