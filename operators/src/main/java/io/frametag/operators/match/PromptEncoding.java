package io.frametag.operators.match;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.model.TextModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes prompts on a thread of its own, a few at a time. Owns text model and thread; called by
 * the task thread.
 */
final class PromptEncoding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromptEncoding.class);

    private final TextModel model;
    private final PromptEncoder encoder;
    private final EncodingThread thread;

    PromptEncoding(TextModel model, TextVectors known, EncodingThread thread) {
        this.model = model;
        this.encoder = new PromptEncoder(model, known);
        this.thread = thread;
    }

    ModelId model() {
        return model.id();
    }

    /**
     * What became of a put.
     *
     * @param put the change
     * @param encoded null where it failed
     * @param failed null where it did not
     */
    record Outcome(
            PromptChange put, @Nullable EncodedPrompt encoded, @Nullable FailedPrompt failed) {}

    /** Outcomes in the order of the changes. */
    CompletableFuture<List<Outcome>> encode(List<PromptChange> puts) {
        return CompletableFuture.supplyAsync(() -> encodeNow(puts), thread);
    }

    private List<Outcome> encodeNow(List<PromptChange> puts) {
        List<Prompt> prompts = puts.stream().map(PromptRegistry::promptOf).toList();
        try {
            encoder.encodeTexts(prompts);
        } catch (ModelException | RuntimeException e) {
            // Then each is encoded by itself, and the one that can't be tells so.
            LOG.debug("{} prompts could not be encoded together", puts.size(), e);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (PromptChange put : puts) {
            outcomes.add(encodeOne(put));
        }
        return outcomes;
    }

    private Outcome encodeOne(PromptChange put) {
        try {
            Prompt prompt = PromptRegistry.promptOf(put);
            return new Outcome(put, encoder.encode(prompt, put.version()), null);
        } catch (IllegalArgumentException e) {
            return failed(put, "invalid", e);
        } catch (ModelException | RuntimeException e) {
            LOG.warn("prompt '{}' could not be encoded", put.id(), e);
            return failed(put, "encoder-error", e);
        }
    }

    private static Outcome failed(PromptChange put, String reason, Exception e) {
        String detail = String.valueOf(e.getMessage());
        return new Outcome(put, null, new FailedPrompt(put.id(), put.version(), reason, detail));
    }

    /** Has the model freed until it is needed again. */
    void rest() {
        thread.execute(model::rest);
    }

    /** Ends what runs, within the bounds of model and thread, and frees both. */
    @Override
    public void close() {
        model.close();
        thread.close();
    }
}
