package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link FrameEmbedding}. */
@Internal
public final class FrameEmbeddingSerializer extends VersionedSerializer<FrameEmbedding> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(FrameEmbedding embedding, DataOutputView out) throws IOException {

        Fields.writeText(embedding.stream(), out);
        out.writeLong(embedding.sequence());
        out.writeLong(embedding.frameTime());
        out.writeLong(embedding.arrivalTime());
        Fields.writeModel(embedding.model(), out);
        Fields.writeVector(embedding.embedding(), out);
        out.writeBoolean(embedding.reused());
    }

    @Override
    protected FrameEmbedding read(int version, DataInputView in) throws IOException {

        return new FrameEmbedding(
                Fields.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Fields.readModel(in),
                Fields.readVector(in),
                version >= 2 && in.readBoolean());
    }
}
