package io.frametag.operators.match;

import io.frametag.operators.data.Fields;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link PromptSetFacts}. */
@Internal
public final class PromptSetFactsSerializer extends VersionedSerializer<PromptSetFacts> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(PromptSetFacts facts, DataOutputView out) throws IOException {

        out.writeLong(facts.setVersion());
        out.writeBoolean(facts.model() != null);
        if (facts.model() != null) {
            Fields.writeModel(facts.model(), out);
        }
        out.writeBoolean(facts.complete());
    }

    @Override
    protected PromptSetFacts read(int version, DataInputView in) throws IOException {

        return new PromptSetFacts(
                in.readLong(), in.readBoolean() ? Fields.readModel(in) : null, in.readBoolean());
    }
}
