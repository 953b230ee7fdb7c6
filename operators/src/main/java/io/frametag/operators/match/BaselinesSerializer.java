package io.frametag.operators.match;

import io.frametag.operators.data.Fields;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link Baselines}. */
@Internal
public final class BaselinesSerializer extends VersionedSerializer<Baselines> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Baselines baselines, DataOutputView out) throws IOException {

        Fields.writeCount(baselines.byPrompt().size(), out);
        for (Map.Entry<String, Baselines.Baseline> entry :
                new TreeMap<>(baselines.byPrompt()).entrySet()) {
            Fields.writeText(entry.getKey(), out);
            out.writeLong(entry.getValue().version());
            out.writeLong(entry.getValue().frames());
            out.writeDouble(entry.getValue().mean());
        }
    }

    @Override
    protected Baselines read(int version, DataInputView in) throws IOException {

        int count = Fields.readCount(in);
        Map<String, Baselines.Baseline> byPrompt = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byPrompt.put(
                    Fields.readText(in),
                    new Baselines.Baseline(in.readLong(), in.readLong(), in.readDouble()));
        }
        return new Baselines(byPrompt);
    }
}
