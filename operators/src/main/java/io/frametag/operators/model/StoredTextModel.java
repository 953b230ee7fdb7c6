package io.frametag.operators.model;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelId;
import io.frametag.models.TextEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text encoder of the model store. Owns the encoder: one at a time, opened with the model, freed
 * by {@link #rest} and opened again by the next text. Thread-safe.
 */
final class StoredTextModel implements TextModel {

    private final ModelFolder folder;
    private final EncoderOptions options;

    private @Nullable TextEncoder encoder;
    private boolean closed;

    private StoredTextModel(ModelFolder folder, EncoderOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** With its encoder, so that a model that can't be used is known at once. */
    static StoredTextModel open(ModelFolder folder, EncoderOptions options) throws ModelException {
        StoredTextModel model = new StoredTextModel(folder, options);
        model.opened();
        return model;
    }

    @Override
    public ModelId id() {
        return folder.id();
    }

    @Override
    public double temperature() {
        return folder.manifest().temperature();
    }

    @Override
    public float[][] encode(List<String> texts) throws ModelException {
        return opened().encode(texts);
    }

    private synchronized TextEncoder opened() throws ModelException {
        if (closed) {
            throw new IllegalStateException("text encoder of " + folder.id() + " is closed");
        }
        if (encoder == null) {
            encoder = TextEncoder.open(folder, options);
        }
        return encoder;
    }

    @Override
    public void rest() {
        close(take(false));
    }

    @Override
    public void close() {
        close(take(true));
    }

    /** From now on it is the caller's to close. */
    private synchronized @Nullable TextEncoder take(boolean forGood) {
        closed |= forGood;
        TextEncoder taken = encoder;
        encoder = null;
        return taken;
    }

    /** Outside the lock: it waits for running calls. */
    private static void close(@Nullable TextEncoder taken) {
        if (taken != null) {
            taken.close();
        }
    }
}
