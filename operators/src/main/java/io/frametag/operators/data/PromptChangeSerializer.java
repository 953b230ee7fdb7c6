package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link PromptChange}. */
@Internal
public final class PromptChangeSerializer extends VersionedSerializer<PromptChange> {

    private static final long serialVersionUID = 1L;
    private static final PromptSerializer PROMPT = new PromptSerializer();

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(PromptChange change, DataOutputView out) throws IOException {

        Fields.writeText(change.id(), out);
        out.writeLong(change.version());
        out.writeBoolean(change.prompt() != null);
        if (change.prompt() != null) {
            PROMPT.serialize(change.prompt(), out);
        }
    }

    @Override
    protected PromptChange read(int version, DataInputView in) throws IOException {

        return new PromptChange(
                Fields.readText(in),
                in.readLong(),
                in.readBoolean() ? PROMPT.deserialize(in) : null);
    }
}
