package io.frametag.operators.encode;

import io.frametag.operators.account.AccountEntry;
import io.frametag.operators.account.AccountEntrySerializer;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.VersionedTypeInfo;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Takes what a source emits: frames go on, complete and live ones apart, chained to the source so
 * that no decoded picture crosses an edge; that they entered, and what the source reports, goes to
 * the account, in order.
 */
@Internal
public final class IntakeFrames extends ProcessFunction<StreamItem, Frame> {

    private static final long serialVersionUID = 1L;

    /** Frames of which the freshest go first. */
    public static final OutputTag<Frame> LIVE =
            new OutputTag<>("live-frames", TypeInformation.of(Frame.class));

    /** Frames that entered, and reports. */
    public static final OutputTag<AccountEntry> ENTRIES =
            new OutputTag<>(
                    "intake-entries",
                    new VersionedTypeInfo<>(AccountEntry.class, new AccountEntrySerializer()));

    @Override
    public void processElement(StreamItem item, Context context, Collector<Frame> out) {
        if (item instanceof Frame frame) {
            context.output(ENTRIES, new AccountEntry.Entered(frame.stream(), frame.frameTime()));
            if (frame.delivery().live()) {
                context.output(LIVE, frame);
            } else {
                out.collect(frame);
            }
        } else if (item instanceof StreamReport report) {
            context.output(ENTRIES, new AccountEntry.Reported(report));
        }
    }
}
