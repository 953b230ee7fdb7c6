package io.frametag.operators.model;

import io.frametag.models.ModelId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As {@link TestingModels}, but a test in the same process can reach the encoders that were opened.
 *
 * @param name of the model, of its own for each test
 * @param lanes of its image encoders
 */
public record ControlledModels(String name, int lanes) implements EncoderModels {

    private static final Map<String, List<TestingImageModel>> OPENED = new ConcurrentHashMap<>();
    private static final Map<String, List<TestingTextModel>> TEXTS = new ConcurrentHashMap<>();

    /** With one lane. */
    public ControlledModels(String name) {
        this(name, 1);
    }

    /** All image encoders of this name, as they were opened. */
    public List<TestingImageModel> opened() {
        return OPENED.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    }

    /** The image encoder opened last. */
    public TestingImageModel last() {
        return opened().get(opened().size() - 1);
    }

    public ModelId id() {
        return new ModelId(name, "000000000000");
    }

    @Override
    public ImageModel openImageModel() {
        TestingImageModel model = new TestingImageModel(id(), lanes);
        opened().add(model);
        return model;
    }

    /** All text encoders of this name, as they were opened. */
    public List<TestingTextModel> openedTexts() {
        return TEXTS.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    }

    @Override
    public TextModel openTextModel() {
        TestingTextModel model = new TestingTextModel(id());
        openedTexts().add(model);
        return model;
    }
}
