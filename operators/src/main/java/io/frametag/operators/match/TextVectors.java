package io.frametag.operators.match;

import io.frametag.models.ModelId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What texts were encoded to: the {@value #MAX_TEXTS} last used, some 50 MB at 768 coordinates. A
 * text has one vector in a model, whose id tells the content of its files, so all jobs of a process
 * may share them, and a job that starts again finds them. Nobody changes a vector that is in here.
 * Thread-safe.
 */
final class TextVectors {

    /** Those of this process, or rather of the class loader. */
    static final TextVectors PROCESS = new TextVectors();

    private static final int MAX_TEXTS = 16_384;

    private record Key(ModelId model, String text) {}

    private final Map<Key, float[]> vectors =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, float[]> eldest) {
                    return size() > MAX_TEXTS;
                }
            };

    synchronized float @Nullable [] get(ModelId model, String text) {
        return vectors.get(new Key(model, text));
    }

    synchronized void put(ModelId model, String text, float[] vector) {
        vectors.put(new Key(model, text), vector);
    }
}
