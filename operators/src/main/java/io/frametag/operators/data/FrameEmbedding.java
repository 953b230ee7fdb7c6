package io.frametag.operators.data;

import io.frametag.models.ModelId;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Where a frame lies in the space it shares with the prompts.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream
 * @param frameTime event time of the frame, in milliseconds since the epoch
 * @param arrivalTime when the frame reached us, in milliseconds since the epoch
 * @param model which model made the embedding
 * @param embedding of length 1 (L2), as many numbers as the model's embedding size; not written to
 * @param reused whether it is that of another frame of the stream that looks the same
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record FrameEmbedding(
        String stream,
        long sequence,
        long frameTime,
        long arrivalTime,
        ModelId model,
        float[] embedding,
        boolean reused)
        implements EncodeResult {

    public FrameEmbedding {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(embedding, "embedding");
    }

    /** The embedding that the model made of this very frame. */
    public FrameEmbedding(
            String stream,
            long sequence,
            long frameTime,
            long arrivalTime,
            ModelId model,
            float[] embedding) {
        this(stream, sequence, frameTime, arrivalTime, model, embedding, false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameEmbedding that
                && stream.equals(that.stream)
                && sequence == that.sequence
                && frameTime == that.frameTime
                && arrivalTime == that.arrivalTime
                && model.equals(that.model)
                && reused == that.reused
                && Arrays.equals(embedding, that.embedding);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, sequence, frameTime, model, Arrays.hashCode(embedding));
    }
}
