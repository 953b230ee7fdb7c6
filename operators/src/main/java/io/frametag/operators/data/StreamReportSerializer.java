package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link StreamReport}. */
@Internal
public final class StreamReportSerializer extends VersionedSerializer<StreamReport> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(StreamReport report, DataOutputView out) throws IOException {

        Fields.writeText(report.stream(), out);
        out.writeLong(report.time());
        Fields.writeState(report.state(), out);
        Fields.writeCounts(report.sampledOutBy(), out);
        Fields.writeCounts(report.dropped(), out);
        Fields.writeCounts(report.failed(), out);
        Fields.writeOptionalText(report.error(), out);
    }

    @Override
    protected StreamReport read(int version, DataInputView in) throws IOException {

        return new StreamReport(
                Fields.readText(in),
                in.readLong(),
                Fields.readState(in),
                Fields.readSampledOut(version, in),
                Fields.readCounts(in),
                Fields.readCounts(in),
                Fields.readOptionalText(in));
    }
}
