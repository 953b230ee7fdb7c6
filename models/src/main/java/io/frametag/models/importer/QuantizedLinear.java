package io.frametag.models.importer;

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

    private QuantizedLinear() {}

    /** The layer as a {@link MatrixProduct}. */
    static UnaryOperator<String> of(OnnxGraph graph, String name, ConvKernel kernel)
            throws IOException {
        ByteRows rows = ByteRows.of(kernel.weights(), kernel.outputs());
        String weights = rows.writeTransposed(graph, name + ".weight");
        String scale = graph.floats(name + ".scale", rows.scales(), kernel.outputs());
        String bias = graph.floats(name + ".bias", kernel.bias(), kernel.outputs());
        return value ->
                graph.runtimeNode(
                        "DynamicQuantizeMatMul",
                        List.of(value, weights, scale, OnnxGraph.ABSENT, bias));
    }
}
