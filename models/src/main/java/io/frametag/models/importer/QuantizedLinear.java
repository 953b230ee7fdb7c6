package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A linear layer in 8 bits. The weights are int8, symmetric, with a scale for each output, so that
 * an output of small weights keeps its precision. The activations are quantized to uint8 at run
 * time over the range that the value has just then, which needs no calibration data; the products
 * are summed in int32, and the result is float32.
 *
 * <p>The range is that of the whole value: the pictures of a batch share it, so that a picture's
 * embedding changes a little with its companions, by no more than by quantization itself.
 */
final class QuantizedLinear {

    private static final int MAX_LEVEL = 127;

    private QuantizedLinear() {}

    /** The layer as a {@link MatrixProduct}. */
    static UnaryOperator<String> of(OnnxGraph graph, String name, ConvKernel kernel)
            throws IOException {
        int inputs = kernel.inputsPerGroup();
        int outputs = kernel.outputs();
        byte[] levels = new byte[kernel.weights().length];
        double[] scales = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            scales[o] = scale(kernel.weights(), o * inputs, inputs);
            for (int i = 0; i < inputs; i++) {
                double level = Math.rint(kernel.weights()[o * inputs + i] / scales[o]);
                levels[i * outputs + o] = (byte) level;
            }
        }
        String weights =
                graph.bytes(name + ".weight", TensorProto.DataType.INT8, levels, inputs, outputs);
        String scale = graph.floats(name + ".scale", scales, outputs);
        String bias = graph.floats(name + ".bias", kernel.bias(), outputs);
        return value ->
                graph.runtimeNode(
                        "DynamicQuantizeMatMul",
                        List.of(value, weights, scale, OnnxGraph.ABSENT, bias));
    }

    /** The size of a level at which the largest weight has the last level. */
    private static double scale(double[] weights, int from, int count) {
        double largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        return largest > 0 ? largest / MAX_LEVEL : 1;
    }
}
