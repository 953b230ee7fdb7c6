package io.frametag.models;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.util.Arrays;

/**
 * Pictures to embeddings: one ONNX Runtime session over a model's image graph.
 *
 * <p>Thread-safe. It owns the native session; whoever opened it closes it, once no more calls are
 * made. A call during or after {@link #close} is safe: it ends, or throws.
 */
public final class ImageEncoder implements AutoCloseable {

    private final OnnxSession session;
    private final ModelId model;
    private final ImageSize size;
    private final int lanes;

    private ImageEncoder(OnnxSession session, ModelId model, ImageSize size, int lanes) {
        this.session = session;
        this.model = model;
        this.size = size;
        this.lanes = lanes;
    }

    /**
     * Loads the image graph.
     *
     * @throws ModelException if the graph can't be loaded or doesn't fit the manifest
     */
    public static ImageEncoder open(ModelFolder folder, EncoderOptions options)
            throws ModelException {
        ModelManifest manifest = folder.manifest();
        String what = "image encoder of " + folder.id();
        OnnxSession session =
                OnnxSession.open(what, folder.imageGraph(), manifest.embeddingSize(), options);
        try {
            checkInput(what, session, manifest.imageSize());
            return new ImageEncoder(session, folder.id(), manifest.imageSize(), options.lanes());
        } catch (ModelException e) {
            session.close();
            throw e;
        }
    }

    private static void checkInput(String what, OnnxSession session, ImageSize size)
            throws ModelException {
        long[] shape = session.inputInfo().getShape();
        long[] expected = {-1, 3, size.height(), size.width()};
        boolean fits = shape.length == 4 && session.inputInfo().type == OnnxJavaType.FLOAT;
        for (int i = 0; fits && i < 4; i++) {
            fits = shape[i] < 0 || shape[i] == expected[i];
        }
        if (!fits) {
            throw new ModelException(
                    "%s takes %s %s, model.json says float %s; correct imageSize or export it so"
                            .formatted(
                                    what,
                                    session.inputInfo().type,
                                    Arrays.toString(shape),
                                    Arrays.toString(expected)));
        }
    }

    /** Which model this is. */
    public ModelId model() {
        return model;
    }

    /**
     * Room for pictures of this encoder's size.
     *
     * @throws IllegalArgumentException if the batch would pass 2 GiB
     */
    public ImageBatch newBatch(int capacity) {
        return new ImageBatch(size, capacity);
    }

    /**
     * Encodes the first {@code count} pictures of a batch. Runs on the calling thread and on the
     * session's own; returns when all is computed.
     *
     * @return {@code count} embeddings of unit length
     * @throws ModelException if the run fails
     * @throws IllegalStateException if the encoder is closed
     */
    public float[][] encode(ImageBatch batch, int count) throws ModelException {
        if (count < 1 || count > batch.capacity()) {
            throw new IllegalArgumentException(
                    "count (" + count + ") must be from 1 to " + batch.capacity());
        }
        if (!batch.imageSize().equals(size)) {
            throw new IllegalArgumentException(
                    "batch of " + batch.imageSize() + " does not fit an encoder of " + size);
        }
        long[] shape = {count, 3, size.height(), size.width()};
        return session.run(
                environment -> OnnxTensor.createTensor(environment, batch.first(count), shape),
                count);
    }

    /** Calls at a time that it was opened for, as {@link EncoderOptions#lanes} has it. */
    public int lanes() {
        return lanes;
    }

    /**
     * Runs once at each batch size in all lanes at once, largest first, so that memory is laid out
     * once and no later run pays for it.
     */
    public void warmUp(int... batchSizes) throws ModelException {
        new LaneWarmUp(lanes, size -> encode(newBatch(size), size)).run(batchSizes);
    }

    /** Waits for running calls, then frees the session; see {@link EncoderOptions#closeTimeout}. */
    @Override
    public void close() {
        session.close();
    }
}
