package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link FailedFrame}. */
@Internal
public final class FailedFrameSerializer extends VersionedSerializer<FailedFrame> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(FailedFrame frame, DataOutputView out) throws IOException {

        Fields.writeText(frame.stream(), out);
        out.writeLong(frame.sequence());
        out.writeLong(frame.frameTime());
        Fields.writeText(frame.reason(), out);
        Fields.writeText(frame.detail(), out);
        Fields.writeOptionalBytes(frame.bytes(), out);
    }

    @Override
    protected FailedFrame read(int version, DataInputView in) throws IOException {

        return new FailedFrame(
                Fields.readText(in),
                in.readLong(),
                in.readLong(),
                Fields.readText(in),
                Fields.readText(in),
                Fields.readOptionalBytes(in));
    }
}
