package io.frametag.models;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.frametag.models.text.ClipTokenizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts to embeddings: a model's tokenizer and one ONNX Runtime session over its text graph.
 *
 * <p>Thread-safe. It owns the native session and tokenizer; whoever opened it closes it. A call
 * during or after {@link #close} is safe: it ends, or throws.
 */
public final class TextEncoder implements AutoCloseable {

    /** Bounds the memory of one run. */
    private static final int MAX_TEXTS_PER_RUN = 32;

    private final OnnxSession session;
    private final ClipTokenizer tokenizer;
    private final boolean longIds;

    private TextEncoder(OnnxSession session, ClipTokenizer tokenizer, boolean longIds) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.longIds = longIds;
    }

    /**
     * Loads tokenizer and text graph.
     *
     * @throws ModelException if either can't be loaded or the graph doesn't take token ids
     */
    public static TextEncoder open(ModelFolder folder, EncoderOptions options)
            throws ModelException {
        String what = "text encoder of " + folder.id();
        int embeddingSize = folder.manifest().embeddingSize();
        OnnxSession session =
                OnnxSession.open(
                        what,
                        folder.textGraph(),
                        embeddingSize,
                        options.withProvider(ExecutionProvider.CPU, 0));
        try {
            boolean longIds = checkInput(what, session);
            return new TextEncoder(session, ClipTokenizer.open(folder.tokenizer()), longIds);
        } catch (ModelException e) {
            session.close();
            throw e;
        }
    }

    /** Whether ids are int64, as they may also be int32. */
    private static boolean checkInput(String what, OnnxSession session) throws ModelException {
        OnnxJavaType type = session.inputInfo().type;
        long[] shape = session.inputInfo().getShape();
        boolean fits =
                shape.length == 2 && (shape[1] < 0 || shape[1] == ClipTokenizer.CONTEXT_LENGTH);
        if (!fits || (type != OnnxJavaType.INT64 && type != OnnxJavaType.INT32)) {
            throw new ModelException(
                    "%s takes %s %s, not int64 or int32 [batch, %d]; export it so"
                            .formatted(
                                    what,
                                    type,
                                    Arrays.toString(shape),
                                    ClipTokenizer.CONTEXT_LENGTH));
        }
        return type == OnnxJavaType.INT64;
    }

    /**
     * Encodes texts, in order.
     *
     * @return one embedding of unit length per text
     * @throws ModelException if a run fails
     * @throws IllegalStateException if the encoder is closed
     */
    public float[][] encode(List<String> texts) throws ModelException {
        List<float[]> embeddings = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += MAX_TEXTS_PER_RUN) {
            int to = Math.min(texts.size(), from + MAX_TEXTS_PER_RUN);
            embeddings.addAll(Arrays.asList(encodeTogether(texts.subList(from, to))));
        }
        return embeddings.toArray(float[][]::new);
    }

    private float[][] encodeTogether(List<String> texts) throws ModelException {
        int[] ids = new int[texts.size() * ClipTokenizer.CONTEXT_LENGTH];
        for (int i = 0; i < texts.size(); i++) {
            int[] row = tokenizer.encode(texts.get(i));
            System.arraycopy(row, 0, ids, i * row.length, row.length);
        }
        long[] shape = {texts.size(), ClipTokenizer.CONTEXT_LENGTH};
        return session.run(environment -> idTensor(environment, ids, shape), texts.size());
    }

    private OnnxTensor idTensor(OrtEnvironment environment, int[] ids, long[] shape)
            throws OrtException {
        int idBytes = longIds ? Long.BYTES : Integer.BYTES;
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(ids.length * idBytes).order(ByteOrder.nativeOrder());
        if (!longIds) {
            IntBuffer ints = bytes.asIntBuffer().put(ids).flip();
            return OnnxTensor.createTensor(environment, ints, shape);
        }
        LongBuffer longs = bytes.asLongBuffer();
        for (int id : ids) {
            longs.put(id);
        }
        return OnnxTensor.createTensor(environment, longs.flip(), shape);
    }

    /** Waits for running calls, then frees session and tokenizer. */
    @Override
    public void close() {
        session.close();
        tokenizer.close();
    }
}
