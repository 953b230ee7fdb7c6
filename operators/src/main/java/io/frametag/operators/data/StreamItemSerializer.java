package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link StreamItem}: one byte that tells which it is, then the thing itself. */
@Internal
public final class StreamItemSerializer extends VersionedSerializer<StreamItem> {

    private static final long serialVersionUID = 1L;
    private static final FrameSerializer FRAME = new FrameSerializer();
    private static final StreamReportSerializer REPORT = new StreamReportSerializer();

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(StreamItem value, DataOutputView out) throws IOException {
        if (value instanceof Frame frame) {
            out.writeByte(1);
            FRAME.serialize(frame, out);
        } else if (value instanceof StreamReport report) {
            out.writeByte(2);
            REPORT.serialize(report, out);
        }
    }

    @Override
    protected StreamItem read(int version, DataInputView in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> FRAME.deserialize(in);
            case 2 -> REPORT.deserialize(in);
            default ->
                    throw new IOException("kind (" + kind + ") must be 1 or 2: state is corrupt");
        };
    }
}
