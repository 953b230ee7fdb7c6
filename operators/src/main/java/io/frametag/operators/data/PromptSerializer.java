package io.frametag.operators.data;

import java.io.IOException;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link Prompt}. */
@Internal
public final class PromptSerializer extends VersionedSerializer<Prompt> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Prompt prompt, DataOutputView out) throws IOException {

        Fields.writeText(prompt.id(), out);
        Fields.writeText(prompt.label(), out);
        Fields.writeTexts(prompt.texts(), out);
        Fields.writeTexts(prompt.templates(), out);
        Fields.writeTexts(prompt.negatives(), out);
        Fields.writeOptionalText(prompt.group(), out);
        out.writeBoolean(prompt.threshold() != null);
        if (prompt.threshold() != null) {
            out.writeDouble(prompt.threshold());
        }
        Fields.writeSet(prompt.streams(), out);
    }

    @Override
    protected Prompt read(int version, DataInputView in) throws IOException {

        return new Prompt(
                Fields.readText(in),
                Fields.readText(in),
                Fields.readTexts(in),
                Fields.readTexts(in),
                Fields.readTexts(in),
                Fields.readOptionalText(in),
                in.readBoolean() ? Double.valueOf(in.readDouble()) : null,
                Set.copyOf(Fields.readTexts(in)));
    }
}
