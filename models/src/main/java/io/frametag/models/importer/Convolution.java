package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A float32 convolution with bias, channels outermost. */
final class Convolution {

    private Convolution() {}

    /**
     * Adds it to a graph.
     *
     * @param x the input
     * @param name of the weights and biases in the graph
     * @param placement strides, and pads and group where they are not ONNX's defaults
     * @return the output
     */
    static String of(
            OnnxGraph graph, String x, String name, ConvKernel kernel, AttributeProto... placement)
            throws IOException {
        int size = kernel.size();
        String weights =
                graph.floats(
                        name + ".weight",
                        kernel.weights(),
                        kernel.outputs(),
                        kernel.inputsPerGroup(),
                        size,
                        size);
        String bias = graph.floats(name + ".bias", kernel.bias(), kernel.outputs());
        AttributeProto shape = attribute("kernel_shape", size, size);
        AttributeProto[] attributes =
                Stream.concat(Stream.of(shape), Stream.of(placement))
                        .toArray(AttributeProto[]::new);
        return graph.node("Conv", List.of(x, weights, bias), attributes);
    }
}
