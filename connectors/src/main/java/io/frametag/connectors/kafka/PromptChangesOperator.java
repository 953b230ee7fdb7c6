package io.frametag.connectors.kafka;

import io.frametag.connectors.json.PromptException;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.PromptChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records of the prompts topic into changes, and says when all that were there at the start
 * have been read. Runs on the task thread, one instance for the whole job.
 *
 * <p>The mark comes once each partition has given the last record it held when the job was built,
 * or a later one. A record that compaction takes away in the meantime has a later one of its key in
 * the same partition, so the mark comes nevertheless. Where there was no record, a timer sets the
 * mark off at once. The offsets seen are kept in the checkpoint; after a restore the mark is said
 * again, at once or after the records that came since, so that it is never missing.
 *
 * <p>A record that is no prompt is logged, counted and sent to {@link #FAILED}; the rest goes on.
 */
final class PromptChangesOperator extends AbstractStreamOperator<PromptChange>
        implements OneInputStreamOperator<PromptRecord, PromptChange> {

    /** Records that are no prompts. */
    static final OutputTag<FailedPrompt> FAILED =
            new OutputTag<>("failed-prompts", TypeInformation.of(FailedPrompt.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PromptChangesOperator.class);

    private final String topic;
    private final HashMap<Integer, Long> lastOffsets;

    private transient Map<Integer, Long> seen;
    private transient ListState<Tuple2<Integer, Long>> seenState;
    private transient boolean marked;
    private transient Counter badPrompts;

    /**
     * @param lastOffsets offset of the last record at the start, by partition
     */
    PromptChangesOperator(String topic, Map<Integer, Long> lastOffsets) {
        this.topic = topic;
        this.lastOffsets = new HashMap<>(lastOffsets);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        seen = new HashMap<>();
        seenState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "offsets-seen", Types.TUPLE(Types.INT, Types.LONG)));
        for (Tuple2<Integer, Long> entry : seenState.get()) {
            seen.merge(entry.f0, entry.f1, Math::max);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        badPrompts = getMetricGroup().counter("badPrompts");
        // Not from here: what comes after us in the chain is told by the first element or timer.
        getProcessingTimeService()
                .registerTimer(
                        getProcessingTimeService().getCurrentProcessingTime(), now -> markIfDue());
    }

    @Override
    public void processElement(StreamRecord<PromptRecord> element) {
        PromptRecord read = element.getValue();
        try {
            output.collect(element.replace(read.change(topic)));
        } catch (PromptException e) {
            LOG.warn("Prompt passed over: {}", e.getMessage());
            badPrompts.inc();
            output.collect(
                    FAILED,
                    new StreamRecord<>(
                            new FailedPrompt(read.id(), read.offset(), "invalid", e.getMessage())));
        }
        seen.merge(read.partition(), read.offset(), Math::max);
        markIfDue();
    }

    private void markIfDue() {
        if (!marked && allSeen()) {
            marked = true;
            output.collect(new StreamRecord<>(PromptChange.snapshotEnd()));
        }
    }

    private boolean allSeen() {
        return lastOffsets.entrySet().stream()
                .allMatch(last -> seen.getOrDefault(last.getKey(), -1L) >= last.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<Tuple2<Integer, Long>> entries = new ArrayList<>();
        seen.forEach((partition, offset) -> entries.add(Tuple2.of(partition, offset)));
        seenState.update(entries);
    }
}
