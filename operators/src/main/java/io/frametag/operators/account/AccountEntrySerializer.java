package io.frametag.operators.account;

import io.frametag.operators.data.Fields;
import io.frametag.operators.data.StreamReportSerializer;
import io.frametag.operators.data.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link AccountEntry}: one byte that tells which it is, then its fields. */
@Internal
public final class AccountEntrySerializer extends VersionedSerializer<AccountEntry> {

    private static final long serialVersionUID = 1L;
    private static final StreamReportSerializer REPORT = new StreamReportSerializer();

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(AccountEntry entry, DataOutputView out) throws IOException {
        if (entry instanceof AccountEntry.Entered entered) {
            out.writeByte(1);
            Fields.writeText(entered.stream(), out);
            out.writeLong(entered.frameTime());
        } else if (entry instanceof AccountEntry.Tagged tagged) {
            out.writeByte(2);
            Fields.writeText(tagged.stream(), out);
            out.writeBoolean(tagged.reused());
        } else if (entry instanceof AccountEntry.Dropped dropped) {
            writeReason(3, dropped.stream(), dropped.reason(), out);
        } else if (entry instanceof AccountEntry.Failed failed) {
            writeReason(4, failed.stream(), failed.reason(), out);
        } else if (entry instanceof AccountEntry.Reported reported) {
            out.writeByte(5);
            REPORT.serialize(reported.report(), out);
        } else if (entry instanceof AccountEntry.SampledOut sampledOut) {
            writeReason(6, sampledOut.stream(), sampledOut.reason(), out);
        }
    }

    private static void writeReason(int kind, String stream, String reason, DataOutputView out)
            throws IOException {
        out.writeByte(kind);
        Fields.writeText(stream, out);
        Fields.writeText(reason, out);
    }

    @Override
    protected AccountEntry read(int version, DataInputView in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> new AccountEntry.Entered(Fields.readText(in), in.readLong());
            case 2 ->
                    new AccountEntry.Tagged(Fields.readText(in), version >= 2 && in.readBoolean());
            case 3 -> new AccountEntry.Dropped(Fields.readText(in), Fields.readText(in));
            case 4 -> new AccountEntry.Failed(Fields.readText(in), Fields.readText(in));
            case 5 -> new AccountEntry.Reported(REPORT.deserialize(in));
            case 6 -> new AccountEntry.SampledOut(Fields.readText(in), Fields.readText(in));
            default -> throw new IOException("kind (" + kind + ") must be 1 to 6: corrupt state");
        };
    }
}
