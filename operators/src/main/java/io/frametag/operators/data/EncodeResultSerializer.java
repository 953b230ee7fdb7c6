package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link EncodeResult}: one byte that tells which it is, then the thing itself. */
@Internal
public final class EncodeResultSerializer extends VersionedSerializer<EncodeResult> {

    private static final long serialVersionUID = 1L;
    private static final FrameEmbeddingSerializer EMBEDDING = new FrameEmbeddingSerializer();
    private static final FailedFrameSerializer FAILED = new FailedFrameSerializer();
    private static final DroppedFrameSerializer DROPPED = new DroppedFrameSerializer();
    private static final SampledOutFrameSerializer SAMPLED_OUT = new SampledOutFrameSerializer();

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(EncodeResult value, DataOutputView out) throws IOException {
        if (value instanceof FrameEmbedding embedding) {
            out.writeByte(1);
            EMBEDDING.serialize(embedding, out);
        } else if (value instanceof FailedFrame failed) {
            out.writeByte(2);
            FAILED.serialize(failed, out);
        } else if (value instanceof DroppedFrame dropped) {
            out.writeByte(3);
            DROPPED.serialize(dropped, out);
        } else if (value instanceof SampledOutFrame sampledOut) {
            out.writeByte(4);
            SAMPLED_OUT.serialize(sampledOut, out);
        }
    }

    @Override
    protected EncodeResult read(int version, DataInputView in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> EMBEDDING.deserialize(in);
            case 2 -> FAILED.deserialize(in);
            case 3 -> DROPPED.deserialize(in);
            case 4 -> SAMPLED_OUT.deserialize(in);
            default ->
                    throw new IOException("kind (" + kind + ") must be 1 to 4: state is corrupt");
        };
    }
}
