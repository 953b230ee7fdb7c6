package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import java.util.List;
import org.apache.flink.annotation.Internal;

/** An open text encoder. Owns native memory; closed once, by whoever opened it. */
@Internal
public interface TextModel extends AutoCloseable {

    ModelId id();

    /** What a cosine is multiplied by before the softmax, as the model learned it. */
    double temperature();

    /** One fresh vector of length 1 (L2) per text, in order. */
    float[][] encode(List<String> texts) throws ModelException;

    /**
     * Frees what the next {@link #encode} can open again. Called by the thread that encodes, when
     * it expects nothing to encode for a while.
     */
    default void rest() {}

    /** Called by any thread, also during {@link #encode}: that ends, within bounds, or throws. */
    @Override
    void close();
}
