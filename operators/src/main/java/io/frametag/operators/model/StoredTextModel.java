package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.models.TextEncoder;
import java.util.List;

/** A text encoder of the model store. Owns the encoder. */
record StoredTextModel(TextEncoder encoder, ModelId id, double temperature) implements TextModel {

    @Override
    public float[][] encode(List<String> texts) throws ModelException {
        return encoder.encode(texts);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
