package io.frametag.operators.match;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.model.TextModel;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Encodes prompts as they change and numbers the changes. Not parallel: one instance sees them all.
 *
 * <p>It is a task of its own, so encoding, which happens on the task thread, never holds frames up.
 * Its state is the prompts as they were put. Where a job is restored with another model, it encodes
 * them all anew before anything else; frames wait for that at the gate of {@link MatchPrompts}.
 *
 * <p>A change that can't be made goes to {@link #FAILED} and leaves the set as it was.
 */
@Internal
public final class EncodePrompts extends AbstractStreamOperator<PromptSetChange>
        implements OneInputStreamOperator<PromptChange, PromptSetChange>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Changes that could not be made. */
    public static final OutputTag<FailedPrompt> FAILED =
            new OutputTag<>("failed-prompts", TypeInformation.of(FailedPrompt.class));

    private final EncoderModels models;
    private final int maxPrompts;

    private transient @Nullable TextModel model;
    private transient @Nullable PromptEncoder encoder;
    private transient @Nullable PromptRegistry registry;
    private transient @Nullable ModelId restoredModel;
    private transient boolean snapshotComplete;
    private transient boolean resumed;

    private transient @Nullable ListState<PromptChange> promptState;
    private transient @Nullable ListState<PromptSetFacts> factState;
    private transient @Nullable Counter promptsFailed;

    /**
     * @param maxPrompts more are refused
     */
    public EncodePrompts(EncoderModels models, int maxPrompts) {
        this.models = models;
        this.maxPrompts = maxPrompts;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        registry = new PromptRegistry(maxPrompts);
        promptState =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("prompts", PromptChange.class));
        factState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("facts", new PromptSetFactsSerializer()));
        for (PromptSetFacts facts : factState.get()) {
            registry.restore(facts.setVersion(), promptState.get());
            restoredModel = facts.model();
            snapshotComplete = facts.complete();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        model = models.openTextModel();
        encoder = new PromptEncoder(model);
        promptsFailed = getMetricGroup().counter("promptsFailed");
        getMetricGroup().gauge("promptCount", () -> registry.prompts().size());
        // Not from within open(): records may be emitted only once the task runs.
        getProcessingTimeService()
                .registerTimer(
                        getProcessingTimeService().getCurrentProcessingTime(), t -> resume());
    }

    @Override
    public void processElement(StreamRecord<PromptChange> element) {
        resume();
        PromptChange change = element.getValue();
        if (change.isSnapshotEnd()) {
            snapshotComplete = true;
            emitComplete();
        } else if (registry.isNews(change)) {
            apply(change);
        }
    }

    @Override
    public void endInput() {
        resume();
        if (!snapshotComplete) { // a bounded source may end without the mark
            snapshotComplete = true;
            emitComplete();
        }
    }

    /** Once after a start: brings a restored set to this model and says again that it is whole. */
    private void resume() {
        if (resumed) {
            return;
        }
        resumed = true;
        if (restoredModel != null && !restoredModel.equals(encoder.model())) {
            LOG.info(
                    "Encoding {} prompts anew: the model was {} and is {}.",
                    registry.prompts().size(),
                    restoredModel,
                    encoder.model());
            registry.prompts().forEach(this::encodeAnew);
        }
        if (snapshotComplete) {
            emitComplete();
        }
    }

    private void encodeAnew(PromptChange put) {
        @Nullable EncodedPrompt encoded = encode(put);
        if (encoded == null) {
            registry.delete(PromptChange.delete(put.id(), put.version()));
            emit(new PromptSetChange.Delete(registry.setVersion(), put.id()));
        } else {
            emit(new PromptSetChange.Put(registry.setVersion(), encoded));
        }
    }

    private void apply(PromptChange change) {
        if (change.prompt() == null) {
            if (registry.delete(change)) {
                emit(new PromptSetChange.Delete(registry.setVersion(), change.id()));
            }
            return;
        }
        if (registry.isFullFor(change.id())) {
            fail(
                    change,
                    "too-many",
                    "prompts (%d) must be <= %d; delete some or raise frametag.prompts.max-count"
                            .formatted(maxPrompts + 1, maxPrompts));
            return;
        }
        @Nullable EncodedPrompt encoded = encode(change);
        if (encoded != null) {
            registry.put(change);
            emit(new PromptSetChange.Put(registry.setVersion(), encoded));
        }
    }

    /** Null where it failed, which was reported. */
    private @Nullable EncodedPrompt encode(PromptChange put) {
        try {
            return encoder.encode(PromptRegistry.promptOf(put), put.version());
        } catch (IllegalArgumentException e) {
            fail(put, "invalid", String.valueOf(e.getMessage()));
        } catch (ModelException | RuntimeException e) {
            LOG.warn("prompt '{}' could not be encoded", put.id(), e);
            fail(put, "encoder-error", String.valueOf(e.getMessage()));
        }
        return null;
    }

    private void fail(PromptChange change, String reason, String detail) {
        promptsFailed.inc();
        FailedPrompt failed = new FailedPrompt(change.id(), change.version(), reason, detail);
        output.collect(FAILED, new StreamRecord<>(failed));
    }

    private void emitComplete() {
        emit(new PromptSetChange.Complete(registry.setVersion(), encoder.model()));
    }

    private void emit(PromptSetChange change) {
        output.collect(new StreamRecord<>(change));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        // Nothing may be lost between the restore and resume(): it then still is the old model's.
        ModelId encodedBy = resumed || restoredModel == null ? encoder.model() : restoredModel;
        promptState.update(registry.snapshot());
        factState.update(
                List.of(new PromptSetFacts(registry.setVersion(), encodedBy, snapshotComplete)));
    }

    @Override
    public void close() throws Exception {
        if (model != null) {
            model.close();
            model = null;
        }
        super.close();
    }
}
