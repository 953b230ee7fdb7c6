package io.frametag.operators.account;

import io.frametag.operators.data.Fields;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link StreamAccount}. */
@Internal
public final class StreamAccountSerializer extends VersionedSerializer<StreamAccount> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(StreamAccount account, DataOutputView out) throws IOException {
        Fields.writeState(account.state(), out);
        out.writeLong(account.entered());
        out.writeLong(account.settled());
        out.writeLong(account.tagged());
        out.writeLong(account.reused());
        Fields.writeCounts(account.sampledOut(), out);
        Fields.writeCounts(account.dropped(), out);
        Fields.writeCounts(account.failed(), out);
        out.writeBoolean(account.lastFrameTime() != null);
        if (account.lastFrameTime() != null) {
            out.writeLong(account.lastFrameTime());
        }
        Fields.writeOptionalText(account.error(), out);
    }

    @Override
    protected StreamAccount read(int version, DataInputView in) throws IOException {
        return new StreamAccount(
                Fields.readState(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                version < 2 ? 0 : in.readLong(),
                Fields.readSampledOut(version, in),
                Fields.readCounts(in),
                Fields.readCounts(in),
                in.readBoolean() ? Long.valueOf(in.readLong()) : null,
                Fields.readOptionalText(in));
    }
}
