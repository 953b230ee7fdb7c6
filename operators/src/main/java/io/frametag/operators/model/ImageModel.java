package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import java.nio.FloatBuffer;
import org.apache.flink.annotation.Internal;

/** An open image encoder. Owns native memory; closed once, by whoever opened it. */
@Internal
public interface ImageModel extends AutoCloseable {

    ModelId id();

    /** How many batches are best encoded at a time, each on a thread of its own. */
    int lanes();

    /**
     * Encodes once at each batch size, in all lanes at once, so that no later run pays for laying
     * out memory.
     */
    void warmUp(int... batchSizes) throws ModelException;

    /** Room for the pictures of one run; freed with the object. */
    Batch newBatch(int capacity);

    /** What turns a frame into the model's input; the caller owns it. */
    FrameReader newReader();

    /** Waits, within bounds, for running calls and frees the model. */
    @Override
    void close();

    /** Pictures that are encoded together. Slots may be filled by several threads. */
    interface Batch {

        /** The input of picture {@code index}, to be filled from position 0. */
        FloatBuffer slot(int index);

        /**
         * Encodes the first {@code count} slots, on the calling thread; other batches of the model
         * may be encoded at the same time.
         *
         * @return {@code count} fresh vectors of length 1 (L2)
         */
        float[][] encode(int count) throws ModelException;
    }
}
