package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.match.PromptEncoding.Outcome;
import io.frametag.operators.model.EncoderModels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * <p>Changes wait in a queue, in their order. Those at its head that need encoding go, at most
 * {@value #MAX_TOGETHER} at a time, to a thread of their own; the task thread looks every {@value
 * #POLL_MILLIS} ms whether they are done, and applies and emits them. So neither checkpoints nor
 * frames wait for a prompt to be encoded, and a thousand prompts take no more than that thread.
 * Where the encoder was not needed for the idle time, it is freed; the next prompt opens it again,
 * on the same thread.
 *
 * <p>The state is the prompts as they were put, and the queue, with those that are being encoded.
 * Where a job is restored with another model, all prompts are encoded anew before anything else;
 * frames wait for that at the gate of {@link MatchPrompts}.
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

    static final int MAX_TOGETHER = 8;
    static final int POLL_MILLIS = 10;

    /** A queue longer than this holds its source back until it is shorter. */
    static final int MAX_QUEUED = 20_000;

    /** After which an encoder that does not answer fails the task. */
    private static final Duration MAX_ENCODING = Duration.ofMinutes(10);

    private static final String TOO_LONG =
            "the text encoder has not answered for " + MAX_ENCODING.toMinutes() + " min";

    private final EncoderModels models;
    private final int maxPrompts;
    private final Duration idle;
    private final EncodingThread.Factory threads;

    private transient @Nullable PromptEncoding encoding;
    private transient @Nullable PromptRegistry registry;
    private transient @Nullable ModelId restoredModel;
    private transient boolean snapshotComplete;
    private transient boolean resumed;

    private transient @Nullable PromptQueue queue;
    private transient @Nullable CompletableFuture<List<Outcome>> inFlight;
    private transient long inFlightSinceNanos;
    private transient long idleSince;
    private transient boolean idleTimer;

    private transient @Nullable ListState<PromptChange> promptState;
    private transient @Nullable ListState<PromptChange> queueState;
    private transient @Nullable ListState<PromptSetFacts> factState;
    private transient @Nullable Counter promptsFailed;

    /**
     * @param maxPrompts more are refused
     * @param idle after which the text encoder is freed
     */
    public EncodePrompts(EncoderModels models, int maxPrompts, Duration idle) {
        this(models, maxPrompts, idle, EncodingThread::start);
    }

    EncodePrompts(
            EncoderModels models, int maxPrompts, Duration idle, EncodingThread.Factory threads) {
        this.models = models;
        this.maxPrompts = maxPrompts;
        this.idle = idle;
        this.threads = threads;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        registry = new PromptRegistry(maxPrompts);
        queue = new PromptQueue();
        promptState = changes(context, "prompts");
        queueState = changes(context, "queue");
        factState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>("facts", new PromptSetFactsSerializer()));
        for (PromptSetFacts facts : factState.get()) {
            registry.restore(facts.setVersion(), promptState.get());
            restoredModel = facts.model();
            snapshotComplete = facts.complete();
        }
        for (PromptChange change : queueState.get()) {
            queue.add(change);
        }
    }

    private static ListState<PromptChange> changes(StateInitializationContext context, String name)
            throws Exception {
        return context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(name, PromptChange.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        encoding = new PromptEncoding(models.openTextModel(), TextVectors.PROCESS, threads.start());
        promptsFailed = getMetricGroup().counter("promptsFailed");
        getMetricGroup().gauge("promptCount", () -> registry.count());
        getMetricGroup().gauge("promptsQueued", () -> queue.size());
        // Not from within open(): records may be emitted only once the task runs.
        onTimer(0, this::resume);
    }

    /** What is done at a timer, on the task thread. */
    private interface Callback {
        void run() throws Exception;
    }

    private void onTimer(long inMillis, Callback callback) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + inMillis, time -> callback.run());
    }

    @Override
    public void processElement(StreamRecord<PromptChange> element) throws Exception {
        resume();
        queue.add(element.getValue());
        advance();
        while (queue.size() > MAX_QUEUED) {
            awaitEncoded();
        }
    }

    @Override
    public void endInput() throws Exception {
        resume();
        while (inFlight != null) {
            awaitEncoded();
        }
        if (!snapshotComplete) { // a bounded source may end without the mark
            snapshotComplete = true;
            emitComplete();
        }
    }

    /** Once after a start: brings a restored set to this model and says again that it is whole. */
    private void resume() throws Exception {
        if (resumed) {
            return;
        }
        resumed = true;
        List<PromptChange> anew = List.of();
        if (restoredModel != null && !restoredModel.equals(encoding.model())) {
            anew = registry.prompts();
            LOG.info(
                    "Encoding {} prompts anew: the model was {} and is {}.",
                    anew.size(),
                    restoredModel,
                    encoding.model());
        }
        queue.addAnew(anew, snapshotComplete);
        advance();
        if (inFlight == null) {
            becomeIdle();
        }
    }

    /** As far as it goes without waiting. */
    private void advance() throws Exception {
        while (!queue.isEmpty()) {
            if (inFlight == null) {
                List<PromptChange> puts = queue.putsToEncode(registry, MAX_TOGETHER);
                if (puts.isEmpty()) {
                    apply(queue.remove());
                    continue;
                }
                start(puts);
            }
            if (!inFlight.isDone()) {
                return;
            }
            applyEncoded();
        }
    }

    private void start(List<PromptChange> puts) {
        inFlight = encoding.encode(puts);
        inFlightSinceNanos = System.nanoTime();
        if (!inFlight.isDone()) {
            onTimer(POLL_MILLIS, this::poll);
        }
    }

    private void poll() throws Exception {
        CompletableFuture<List<Outcome>> awaited = inFlight;
        if (awaited == null) {
            return;
        }
        if (awaited.isDone()) {
            advance();
        } else if (System.nanoTime() - inFlightSinceNanos > MAX_ENCODING.toNanos()) {
            throw new IllegalStateException(TOO_LONG);
        } else {
            onTimer(POLL_MILLIS, this::poll);
        }
    }

    private void awaitEncoded() throws Exception {
        try {
            inFlight.get(MAX_ENCODING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(TOO_LONG, e);
        }
        advance();
    }

    private void applyEncoded() throws Exception {
        List<Outcome> outcomes = inFlight.get();
        inFlight = null;
        for (Outcome outcome : outcomes) {
            apply(queue.remove(), outcome);
        }
        if (queue.isEmpty()) {
            becomeIdle();
        }
    }

    private void becomeIdle() {
        idleSince = getProcessingTimeService().getCurrentProcessingTime();
        if (!idleTimer) {
            idleTimer = true;
            onTimer(idle.toMillis(), this::restIfIdle);
        }
    }

    private void restIfIdle() {
        idleTimer = false;
        if (inFlight != null) {
            return; // it becomes idle when that is done
        }
        long now = getProcessingTimeService().getCurrentProcessingTime();
        long left = idleSince + idle.toMillis() - now;
        if (left <= 0) {
            encoding.rest();
        } else {
            idleTimer = true;
            onTimer(left, this::restIfIdle);
        }
    }

    /** What needs no encoding. */
    private void apply(PromptQueue.Step step) {
        PromptChange change = step.change();
        if (change.isSnapshotEnd()) {
            snapshotComplete = true;
            emitComplete();
        } else if (!registry.isNews(change)) {
            return;
        } else if (change.prompt() != null) {
            fail(tooMany(change));
        } else if (registry.delete(change)) {
            emit(new PromptSetChange.Delete(registry.setVersion(), change.id()));
        }
    }

    private void apply(PromptQueue.Step step, Outcome outcome) {
        PromptChange put = step.change();
        if (step.anew()) {
            applyAnew(outcome);
        } else if (!registry.isNews(put)) {
            return; // there was another before it in the queue
        } else if (registry.isFullFor(put.id())) {
            fail(tooMany(put));
        } else if (outcome.encoded() == null) {
            fail(outcome.failed());
        } else {
            registry.put(put);
            emit(new PromptSetChange.Put(registry.setVersion(), outcome.encoded()));
        }
    }

    private void applyAnew(Outcome outcome) {
        if (outcome.encoded() == null) {
            fail(outcome.failed());
            PromptChange put = outcome.put();
            registry.delete(PromptChange.delete(put.id(), put.version()));
            emit(new PromptSetChange.Delete(registry.setVersion(), put.id()));
        } else {
            emit(new PromptSetChange.Put(registry.setVersion(), outcome.encoded()));
        }
    }

    private FailedPrompt tooMany(PromptChange change) {
        String detail =
                "prompts (%d) must be <= %d; delete some or raise frametag.prompts.max-count"
                        .formatted(maxPrompts + 1, maxPrompts);
        return new FailedPrompt(change.id(), change.version(), "too-many", detail);
    }

    private void fail(FailedPrompt failed) {
        promptsFailed.inc();
        output.collect(FAILED, new StreamRecord<>(failed));
    }

    private void emitComplete() {
        emit(new PromptSetChange.Complete(registry.setVersion(), encoding.model()));
    }

    private void emit(PromptSetChange change) {
        output.collect(new StreamRecord<>(change));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        // Nothing may be lost before all are encoded anew: till then it still is the old model's.
        boolean old = restoredModel != null && (!resumed || queue.hasAnew());
        ModelId encodedBy = old ? restoredModel : encoding.model();
        promptState.update(registry.snapshot());
        queueState.update(queue.snapshot());
        factState.update(
                List.of(new PromptSetFacts(registry.setVersion(), encodedBy, snapshotComplete)));
    }

    @Override
    public void close() throws Exception {
        if (encoding != null) {
            encoding.close();
            encoding = null;
        }
        super.close();
    }
}
