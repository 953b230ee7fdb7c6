package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was asked to encode. */
public final class TestingTextModel implements TextModel {

    private final ModelId id;
    private final List<String> encoded = new ArrayList<>();
    private int rests;
    private boolean closed;

    public TestingTextModel(ModelId id) {
        this.id = id;
    }

    public List<String> encoded() {
        return encoded;
    }

    @Override
    public ModelId id() {
        return id;
    }

    @Override
    public double temperature() {
        return 20;
    }

    @Override
    public float[][] encode(List<String> texts) throws ModelException {
        if (texts.contains(TestingModels.UNSPEAKABLE)) {
            throw new ModelException("the text can't be encoded");
        }
        encoded.addAll(texts);
        return texts.stream().map(text -> TestingModels.vector(id, text)).toArray(float[][]::new);
    }

    @Override
    public void rest() {
        rests++;
    }

    public int rests() {
        return rests;
    }

    @Override
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }
}
