package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link FailedPrompt}. */
@Internal
public final class FailedPromptSerializer extends VersionedSerializer<FailedPrompt> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(FailedPrompt prompt, DataOutputView out) throws IOException {

        Fields.writeText(prompt.id(), out);
        out.writeLong(prompt.version());
        Fields.writeText(prompt.reason(), out);
        Fields.writeText(prompt.detail(), out);
    }

    @Override
    protected FailedPrompt read(int version, DataInputView in) throws IOException {

        return new FailedPrompt(
                Fields.readText(in), in.readLong(), Fields.readText(in), Fields.readText(in));
    }
}
