package io.frametag.models.importer;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** How layers that multiply the last dimension of a value by constant weights are written. */
interface MatrixProduct {

    /**
     * Adds the constants of a layer: the transposed weights of a dense 1x1 kernel and its bias.
     *
     * @return writes the layer behind a value; more than one value may share the constants
     */
    UnaryOperator<String> of(OnnxGraph graph, String name, ConvKernel kernel) throws IOException;

    /** Multiplies by the transposed weights of a dense 1x1 kernel and adds its bias. */
    default String write(OnnxGraph graph, String value, String name, ConvKernel kernel)
            throws IOException {
        return of(graph, name, kernel).apply(value);
    }
}
