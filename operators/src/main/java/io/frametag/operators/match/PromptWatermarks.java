package io.frametag.operators.match;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Keeps prompts from holding back the event time of frames: prompts have none, so their side is
 * marked idle. Not before the prompts of the start are complete, or the gate has waited long
 * enough: until then no frame leaves the gate, and an end of input must not pass the frames that
 * wait there.
 */
@Internal
public final class PromptWatermarks implements WatermarkGenerator<PromptSetChange> {

    private final long maxWaitNanos;
    private final long startNanos = System.nanoTime();
    private boolean complete;

    public PromptWatermarks(Duration maxWait) {
        this.maxWaitNanos = maxWait.toNanos();
    }

    /** Called when the record is on its way already, so the mark comes after it. */
    @Override
    public void onEvent(PromptSetChange change, long timestamp, WatermarkOutput output) {
        complete |= change instanceof PromptSetChange.Complete;
        onPeriodicEmit(output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (complete || System.nanoTime() - startNanos > maxWaitNanos) {
            output.markIdle();
        }
    }
}
