package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link StreamStatus}. */
@Internal
public final class StreamStatusSerializer extends VersionedSerializer<StreamStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(StreamStatus status, DataOutputView out) throws IOException {

        Fields.writeText(status.stream(), out);
        out.writeLong(status.time());
        Fields.writeState(status.state(), out);
        out.writeLong(status.in());
        out.writeLong(status.tagged());
        out.writeLong(status.reused());
        Fields.writeCounts(status.sampledOutBy(), out);
        Fields.writeCounts(status.dropped(), out);
        Fields.writeCounts(status.failed(), out);
        out.writeLong(status.inFlight());
        out.writeBoolean(status.lastFrameTime() != null);
        if (status.lastFrameTime() != null) {
            out.writeLong(status.lastFrameTime());
        }
        Fields.writeOptionalText(status.error(), out);
    }

    @Override
    protected StreamStatus read(int version, DataInputView in) throws IOException {

        return new StreamStatus(
                Fields.readText(in),
                in.readLong(),
                Fields.readState(in),
                in.readLong(),
                in.readLong(),
                version < 2 ? 0 : in.readLong(),
                Fields.readSampledOut(version, in),
                Fields.readCounts(in),
                Fields.readCounts(in),
                in.readLong(),
                in.readBoolean() ? Long.valueOf(in.readLong()) : null,
                Fields.readOptionalText(in));
    }
}
