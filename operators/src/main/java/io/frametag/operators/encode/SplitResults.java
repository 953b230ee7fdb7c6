package io.frametag.operators.encode;

import io.frametag.operators.account.AccountEntry;
import io.frametag.operators.account.AccountEntrySerializer;
import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.SampledOutFrame;
import io.frametag.operators.data.VersionedTypeInfo;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts the frames that were encoded from those that were not. */
@Internal
public final class SplitResults extends ProcessFunction<EncodeResult, FrameEmbedding> {

    private static final long serialVersionUID = 1L;

    /** Frames that failed. */
    public static final OutputTag<FailedFrame> FAILED =
            new OutputTag<>("failed-frames", TypeInformation.of(FailedFrame.class));

    /** All that were not encoded, for the account. */
    public static final OutputTag<AccountEntry> ENTRIES =
            new OutputTag<>(
                    "encode-entries",
                    new VersionedTypeInfo<>(AccountEntry.class, new AccountEntrySerializer()));

    @Override
    public void processElement(
            EncodeResult result, Context context, Collector<FrameEmbedding> out) {
        if (result instanceof FrameEmbedding embedding) {
            out.collect(embedding);
        } else if (result instanceof FailedFrame failed) {
            context.output(FAILED, failed);
            context.output(ENTRIES, new AccountEntry.Failed(failed.stream(), failed.reason()));
        } else if (result instanceof DroppedFrame dropped) {
            context.output(ENTRIES, new AccountEntry.Dropped(dropped.stream(), dropped.reason()));
        } else if (result instanceof SampledOutFrame left) {
            context.output(ENTRIES, new AccountEntry.SampledOut(left.stream(), left.reason()));
        }
    }
}
