package io.frametag.models.importer;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** A linear layer over the last dimension, in float32. */
final class Linear {

    private Linear() {}

    /** Multiplies by the transposed weights of a dense 1x1 kernel and adds its bias. */
    static String write(OnnxGraph graph, String value, String name, ConvKernel kernel)
            throws IOException {
        return of(graph, name, kernel).apply(value);
    }

    /** The layer as a {@link MatrixProduct}. */
    static UnaryOperator<String> of(OnnxGraph graph, String name, ConvKernel kernel)
            throws IOException {
        int inputs = kernel.inputsPerGroup();
        int outputs = kernel.outputs();
        double[] transposed = new double[kernel.weights().length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = kernel.weights()[o * inputs + i];
            }
        }
        String weights = graph.floats(name + ".weight", transposed, inputs, outputs);
        String bias = graph.floats(name + ".bias", kernel.bias(), outputs);
        return value ->
                graph.node("Add", List.of(graph.node("MatMul", List.of(value, weights)), bias));
    }
}
