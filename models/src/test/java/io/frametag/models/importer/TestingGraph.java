package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes a graph of one input and runs it. */
final class TestingGraph {

    private TestingGraph() {}

    /** Adds what stands between the input and the output. */
    interface Body {
        String write(OnnxGraph graph, String input) throws Exception;
    }

    /**
     * @param shape of the input, the batch's dimension first
     * @return the output's elements in order
     */
    static float[] run(Path folder, float[] input, long[] shape, Body body) throws Exception {
        Path file = folder.resolve("graph-" + System.nanoTime() + ".onnx");
        try (OnnxGraph graph = new OnnxGraph("test", file)) {
            long[] rest = Arrays.copyOfRange(shape, 1, shape.length);
            String x = graph.input("x", TensorProto.DataType.FLOAT, rest);
            graph.output(body.write(graph, x), "y", -1, -1, -1);
            graph.write();
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file.toString(), options);
                OnnxTensor x =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            FloatBuffer y = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[y.remaining()];
            y.get(values);
            return values;
        }
    }
}
