package io.frametag.operators;

import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamStatus;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What comes out of a {@link FrameTagger}.
 *
 * @param tags one record for each frame that was encoded, in the frames' order in each stream
 * @param status how each stream is and what became of its frames
 * @param errors frames that could not be processed
 * @param promptErrors prompts that could not be put
 */
@PublicEvolving
public record TaggedStreams(
        DataStream<FrameTags> tags,
        DataStream<StreamStatus> status,
        DataStream<FailedFrame> errors,
        DataStream<FailedPrompt> promptErrors) {}
