package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.Fields;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptSerializer;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link EncodedPrompt}. */
@Internal
public final class EncodedPromptSerializer extends VersionedSerializer<EncodedPrompt> {

    private static final long serialVersionUID = 1L;
    private static final PromptSerializer PROMPT = new PromptSerializer();

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(EncodedPrompt encoded, DataOutputView out) throws IOException {

        PROMPT.serialize(encoded.prompt(), out);
        out.writeLong(encoded.version());
        Fields.writeModel(encoded.model(), out);
        out.writeDouble(encoded.temperature());
        Fields.writeVector(encoded.vector(), out);
        Fields.writeCount(encoded.negatives().size(), out);
        for (float[] negative : encoded.negatives()) {
            Fields.writeVector(negative, out);
        }
        Fields.writeVector(encoded.neutral(), out);
    }

    @Override
    protected EncodedPrompt read(int version, DataInputView in) throws IOException {

        Prompt prompt = PROMPT.deserialize(in);
        long promptVersion = in.readLong();
        ModelId model = Fields.readModel(in);
        double temperature = in.readDouble();
        float[] vector = Fields.readVector(in);
        int count = Fields.readCount(in);
        List<float[]> negatives = new ArrayList<>(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            negatives.add(Fields.readVector(in));
        }
        return new EncodedPrompt(
                prompt,
                promptVersion,
                model,
                temperature,
                vector,
                negatives,
                Fields.readVector(in));
    }
}
