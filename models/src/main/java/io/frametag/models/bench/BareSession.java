package io.frametag.models.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime by itself, with the settings it comes with: what a user has without us. Owns the
 * session. Used by one thread.
 */
public final class BareSession implements AutoCloseable {

    private final OrtSession session;
    private final String input;
    private final ImageSize size;

    public BareSession(String graph, ImageSize size) throws OrtException {
        this.size = size;
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            session = OrtEnvironment.getEnvironment().createSession(graph, settings);
        }
        input = session.getInputNames().iterator().next();
    }

    public static BareSession of(ModelFolder model) throws OrtException {
        return new BareSession(model.imageGraph().toString(), model.manifest().imageSize());
    }

    /** One vector for each picture. */
    public float[][] run(FloatBuffer pictures, int count) throws OrtException {
        long[] shape = {count, 3, size.height(), size.width()};
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), pictures, shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
