package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link SampledOutFrame}. */
@Internal
public final class SampledOutFrameSerializer extends VersionedSerializer<SampledOutFrame> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(SampledOutFrame frame, DataOutputView out) throws IOException {
        Fields.writeText(frame.stream(), out);
        out.writeLong(frame.sequence());
        out.writeLong(frame.frameTime());
        Fields.writeText(frame.reason(), out);
    }

    @Override
    protected SampledOutFrame read(int version, DataInputView in) throws IOException {
        return new SampledOutFrame(
                Fields.readText(in), in.readLong(), in.readLong(), Fields.readText(in));
    }
}
