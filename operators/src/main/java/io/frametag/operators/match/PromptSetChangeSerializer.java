package io.frametag.operators.match;

import io.frametag.operators.data.Fields;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link PromptSetChange}. */
@Internal
public final class PromptSetChangeSerializer extends VersionedSerializer<PromptSetChange> {

    private static final long serialVersionUID = 1L;
    private static final EncodedPromptSerializer PROMPT = new EncodedPromptSerializer();

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(PromptSetChange change, DataOutputView out) throws IOException {

        out.writeLong(change.setVersion());
        if (change instanceof PromptSetChange.Put put) {
            out.writeByte(1);
            PROMPT.serialize(put.prompt(), out);
        } else if (change instanceof PromptSetChange.Delete delete) {
            out.writeByte(2);
            Fields.writeText(delete.id(), out);
        } else if (change instanceof PromptSetChange.Complete complete) {
            out.writeByte(3);
            Fields.writeModel(complete.model(), out);
        }
    }

    @Override
    protected PromptSetChange read(int version, DataInputView in) throws IOException {

        long setVersion = in.readLong();
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> new PromptSetChange.Put(setVersion, PROMPT.deserialize(in));
            case 2 -> new PromptSetChange.Delete(setVersion, Fields.readText(in));
            case 3 -> new PromptSetChange.Complete(setVersion, Fields.readModel(in));
            default -> throw new IOException("kind (" + kind + ") must be 1 to 3: corrupt state");
        };
    }
}
