package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.account.AccountEntry;
import io.frametag.operators.account.AccountEntrySerializer;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.VersionedTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each frame the tags of the prompts it matches, in the frames' order. Keyed by stream; the
 * prompt set is broadcast state. One {@link FrameTags} for each frame, also without tags.
 *
 * <p><b>Gate.</b> Until all prompts of the start are there, encoded by the model that saw the
 * frame, frames wait in keyed state: at most {@link GateLimits#maxFrames} of each stream, beyond
 * which the oldest are dropped as {@value #NO_PROMPTS}, and at most {@link GateLimits#maxWait},
 * after which the stream goes on with the prompts that are there. A frame of another model than the
 * complete prompt set's, as may be left in a checkpoint when the model was changed, can't be
 * matched any more and is dropped as {@value #MODEL_CHANGED}.
 */
@Internal
public final class MatchPrompts
        extends KeyedBroadcastProcessFunction<String, FrameEmbedding, PromptSetChange, FrameTags> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MatchPrompts.class);

    /** Reason of frames dropped at the gate. */
    public static final String NO_PROMPTS = "no-prompts";

    /** Reason of frames that an earlier model saw. */
    public static final String MODEL_CHANGED = "model-changed";

    /** What became of the frames. */
    public static final OutputTag<AccountEntry> ENTRIES =
            new OutputTag<>(
                    "match-entries",
                    new VersionedTypeInfo<>(AccountEntry.class, new AccountEntrySerializer()));

    /** By id. */
    public static final MapStateDescriptor<String, EncodedPrompt> PROMPTS =
            new MapStateDescriptor<>(
                    "prompts",
                    Types.STRING,
                    new VersionedTypeInfo<>(EncodedPrompt.class, new EncodedPromptSerializer()));

    /** One entry, at {@link #SET}. */
    public static final MapStateDescriptor<String, PromptSetFacts> FACTS =
            new MapStateDescriptor<>(
                    "prompt-set",
                    Types.STRING,
                    new VersionedTypeInfo<>(PromptSetFacts.class, new PromptSetFactsSerializer()));

    private static final String SET = "set";

    private static final ValueStateDescriptor<Boolean> WAITING =
            new ValueStateDescriptor<>("gate-waiting", Types.BOOLEAN);

    private final GateLimits limits;
    private final Matcher matcher;

    private transient @Nullable HeldFrames held;

    /** True: frames wait. False: the wait was too long, frames pass. Null: neither. */
    private transient @Nullable ValueState<Boolean> waiting;

    private transient @Nullable ValueState<Baselines> baselines;
    private transient @Nullable PromptSet promptSet;

    public MatchPrompts(Thresholds thresholds, GateLimits limits) {
        this.limits = limits;
        this.matcher = new Matcher(thresholds);
    }

    @Override
    public void open(OpenContext context) {
        held = new HeldFrames(getRuntimeContext());
        waiting = getRuntimeContext().getState(WAITING);
        baselines =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>("baselines", new BaselinesSerializer()));
    }

    /** What matching needs of a context; contexts of the several callbacks have no common type. */
    private record Scene(
            PromptSetFacts facts,
            ReadOnlyBroadcastState<String, EncodedPrompt> prompts,
            Collector<FrameTags> tags,
            Consumer<AccountEntry> entries) {}

    @Override
    public void processElement(
            FrameEmbedding frame, ReadOnlyContext context, Collector<FrameTags> out)
            throws Exception {
        PromptSetFacts facts = facts(context.getBroadcastState(FACTS));
        Consumer<AccountEntry> entries = entry -> context.output(ENTRIES, entry);
        Scene scene = new Scene(facts, context.getBroadcastState(PROMPTS), out, entries);
        if (facts.isCompleteFor(frame.model())) {
            openGate(scene);
            match(frame, scene);
        } else if (Boolean.FALSE.equals(waiting.value())) {
            match(frame, scene);
        } else {
            hold(frame, context);
        }
    }

    private void hold(FrameEmbedding frame, ReadOnlyContext context) throws Exception {
        if (waiting.value() == null) {
            waiting.update(true);
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer(now + limits.maxWait().toMillis());
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        held.add(frame);
        if (held.count() > limits.maxFrames()) {
            held.removeOldest();
            context.output(ENTRIES, new AccountEntry.Dropped(frame.stream(), NO_PROMPTS));
        }
    }

    /** The wait was too long, or all input has ended. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FrameTags> out)
            throws Exception {
        if (!Boolean.TRUE.equals(waiting.value())) {
            return;
        }
        LOG.warn(
                "Stream {} goes on without waiting longer for the prompts of the start"
                        + " (frametag.prompts.gate.max-wait = {}).",
                context.getCurrentKey(),
                limits.maxWait());
        waiting.update(false);
        PromptSetFacts facts = facts(context.getBroadcastState(FACTS));
        Consumer<AccountEntry> entries = entry -> context.output(ENTRIES, entry);
        Scene scene = new Scene(facts, context.getBroadcastState(PROMPTS), out, entries);
        for (FrameEmbedding frame : held.removeAll()) {
            match(frame, scene);
        }
    }

    @Override
    public void processBroadcastElement(
            PromptSetChange change, Context context, Collector<FrameTags> out) throws Exception {
        BroadcastState<String, EncodedPrompt> prompts = context.getBroadcastState(PROMPTS);
        PromptSetFacts before = facts(context.getBroadcastState(FACTS));
        PromptSetFacts after =
                new PromptSetFacts(change.setVersion(), before.model(), before.complete());
        if (change instanceof PromptSetChange.Put put) {
            prompts.put(put.prompt().prompt().id(), put.prompt());
        } else if (change instanceof PromptSetChange.Delete delete) {
            prompts.remove(delete.id());
        } else if (change instanceof PromptSetChange.Complete complete) {
            after = new PromptSetFacts(change.setVersion(), complete.model(), true);
        }
        context.getBroadcastState(FACTS).put(SET, after);
        promptSet = null;
        if (change instanceof PromptSetChange.Complete && !after.equals(before)) {
            Consumer<AccountEntry> entries = entry -> context.output(ENTRIES, entry);
            Scene scene = new Scene(after, prompts, out, entries);
            context.applyToKeyedState(WAITING, (stream, state) -> openGate(scene));
        }
    }

    /** Lets the frames of the current key pass that wait. */
    private void openGate(Scene scene) throws Exception {
        if (waiting.value() == null) {
            return;
        }
        waiting.clear();
        for (FrameEmbedding frame : held.removeAll()) {
            if (scene.facts.isCompleteFor(frame.model())) {
                match(frame, scene);
            } else {
                scene.entries.accept(new AccountEntry.Dropped(frame.stream(), MODEL_CHANGED));
            }
        }
    }

    private void match(FrameEmbedding frame, Scene scene) throws Exception {
        @Nullable Baselines known = baselines.value();
        Baselines before = known == null ? Baselines.NONE : known;
        Matcher.Match match = matcher.match(frame, promptSet(frame.model(), scene.prompts), before);
        if (match.baselines() != before) {
            baselines.update(match.baselines());
        }
        scene.tags.collect(
                new FrameTags(
                        frame.stream(),
                        frame.sequence(),
                        frame.frameTime(),
                        frame.model(),
                        scene.facts.setVersion(),
                        match.tags()));
        scene.entries.accept(new AccountEntry.Tagged(frame.stream(), frame.reused()));
    }

    private PromptSet promptSet(
            ModelId model, ReadOnlyBroadcastState<String, EncodedPrompt> prompts) throws Exception {
        if (promptSet == null || !promptSet.model().equals(model)) {
            List<EncodedPrompt> all = new ArrayList<>();
            prompts.immutableEntries().forEach(entry -> all.add(entry.getValue()));
            promptSet = new PromptSet(model, all);
        }
        return promptSet;
    }

    private static PromptSetFacts facts(ReadOnlyBroadcastState<String, PromptSetFacts> state)
            throws Exception {
        @Nullable PromptSetFacts facts = state.get(SET);
        return facts == null ? PromptSetFacts.NONE : facts;
    }
}
