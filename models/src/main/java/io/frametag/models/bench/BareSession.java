package io.frametag.models.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The stock path: ONNX Runtime on a tensor that is ready, with the threads of the encoders that it
 * is compared with and its defaults otherwise. Owns session and tensor. For one thread.
 */
final class BareSession implements AutoCloseable {

    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final OnnxTensor pictures;
    private final String inputName;

    BareSession(ModelFolder model, EncoderOptions threads, FloatBuffer pixels, int batchSize)
            throws ModelException {
        ImageSize size = model.manifest().imageSize();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions defaults = new OrtSession.SessionOptions();
        try {
            defaults.setIntraOpNumThreads(threads.intraOpThreads());
            defaults.addConfigEntry(
                    "session.intra_op.allow_spinning", threads.spinning() ? "1" : "0");
            this.session = environment.createSession(model.imageGraph().toString(), defaults);
            long[] shape = {batchSize, 3, size.height(), size.width()};
            this.pictures = OnnxTensor.createTensor(environment, pixels, shape);
        } catch (OrtException e) {
            defaults.close();
            throw new ModelException(model.imageGraph() + " can't be loaded: " + e.getMessage(), e);
        }
        this.options = defaults;
        this.inputName = session.getInputNames().iterator().next();
    }

    /** Encodes the batch and gives the first picture's embedding. */
    float[] run() throws ModelException {
        try (OrtSession.Result result = session.run(Map.of(inputName, pictures))) {
            return ((float[][]) result.get(0).getValue())[0];
        } catch (OrtException e) {
            throw new ModelException("bare session failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws ModelException {
        try (options) {
            pictures.close();
            session.close();
        } catch (OrtException e) {
            throw new ModelException("bare session can't be closed: " + e.getMessage(), e);
        }
    }
}
