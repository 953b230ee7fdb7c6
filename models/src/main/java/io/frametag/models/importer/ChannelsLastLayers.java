package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The layers with channels innermost, so that a 1x1 convolution is a matrix product over pixels and
 * runs without a change of layout before or behind it. What is left to convolutions are the
 * depthwise ones and the stem's first, a tenth of the work; ONNX Runtime merges the transposes
 * around them into the reordering that its convolutions need anyway.
 */
final class ChannelsLastLayers implements TowerLayers {

    /** Three megabytes of float32; of 1 to 6, measured, the least that costs no time itself. */
    private static final long MAX_HIDDEN = 3 << 18;

    private final OnnxGraph graph;
    private final MatrixProduct product;
    private final ChannelsFirstLayers convolutions;

    ChannelsLastLayers(OnnxGraph graph, MatrixProduct product) {
        this.graph = graph;
        this.product = product;
        this.convolutions = new ChannelsFirstLayers(graph);
    }

    @Override
    public Feature convolution(Feature x, String name, ConvKernel kernel, int stride)
            throws IOException {
        boolean onePixel = x.height() == 1 && x.width() == 1;
        boolean matrix = kernel.size() == 1 && kernel.groups() == 1 && stride == 1;
        if (matrix && !onePixel) {
            return product(product, x, name, kernel);
        }
        boolean depthwise = kernel.groups() == x.channels() && kernel.inputsPerGroup() == 1;
        return depthwise && kernel.outputs() > kernel.groups()
                ? depthwiseParts(x, name, kernel, stride)
                : convolutions.convolution(x, name, kernel, stride);
    }

    private Feature product(MatrixProduct by, Feature x, String name, ConvKernel kernel)
            throws IOException {
        String output = by.write(graph, x.channelsLast(), name, kernel);
        return Feature.channelsLast(graph, output, kernel.outputs(), x.height(), x.width());
    }

    /**
     * A depthwise convolution of several outputs per channel, as one of a single output for each:
     * ONNX Runtime is fast only at those.
     */
    private Feature depthwiseParts(Feature x, String name, ConvKernel kernel, int stride)
            throws IOException {
        List<String> parts = new ArrayList<>();
        Feature part = x;
        for (int i = 0; i < kernel.outputs() / kernel.groups(); i++) {
            String partName = name + ".part" + i;
            part = convolutions.convolution(x, partName, kernel.outputOfEachGroup(i), stride);
            parts.add(graph.node("Unsqueeze", List.of(part.channelsFirst(), graph.longs(2))));
        }
        String joined = graph.node("Concat", parts, attribute("axis", 2));
        String shape = graph.longs(0, kernel.outputs(), part.height(), part.width());
        String output = graph.node("Reshape", List.of(joined, shape));
        return Feature.channelsFirst(graph, output, kernel.outputs(), part.height(), part.width());
    }

    @Override
    public Feature trunkConvolution(Feature x, String name, ConvKernel kernel) throws IOException {
        return product(Linear::of, x, name, kernel);
    }

    /**
     * In strips of rows, so that the hidden values, the largest there are, stay in the cache
     * between the layers. Each strip has a range of its own, which serves precision too.
     */
    @Override
    public Feature perceptron(
            Feature x, String widenName, ConvKernel widen, String narrowName, ConvKernel narrow)
            throws IOException {
        UnaryOperator<String> first = product.of(graph, widenName, widen);
        UnaryOperator<String> second = product.of(graph, narrowName, narrow);
        int strips = strips(x, widen.outputs());
        if (strips == 1) {
            return like(x, second.apply(gelu(first.apply(x.channelsLast()))));
        }
        List<String> outputs = new ArrayList<>();
        for (String strip :
                graph.node(
                        "Split",
                        List.of(x.channelsLast()),
                        strips,
                        attribute("axis", 1),
                        attribute("num_outputs", strips))) {
            outputs.add(second.apply(gelu(first.apply(strip))));
        }
        return like(x, graph.node("Concat", outputs, attribute("axis", 1)));
    }

    /** The least number of strips of equal height with no more hidden values than the limit. */
    private static int strips(Feature x, int hidden) {
        int strips = 1;
        while (strips < x.height()
                && (x.height() % strips != 0
                        || (long) x.height() / strips * x.width() * hidden > MAX_HIDDEN)) {
            strips++;
        }
        return strips;
    }

    @Override
    public Feature gelu(Feature x) {
        return like(x, gelu(x.channelsLast()));
    }

    /** By tanh, faster than by erf; off by at most 0.0005, far below a step of int8. */
    private String gelu(String value) {
        return graph.node("Gelu", List.of(value), attribute("approximate", "tanh"));
    }

    @Override
    public Feature add(Feature a, Feature b) {
        return like(a, graph.node("Add", List.of(a.channelsLast(), b.channelsLast())));
    }

    @Override
    public Feature multiply(Feature x, Feature gate) {
        return like(x, graph.node("Mul", List.of(x.channelsLast(), gate.channelsLast())));
    }

    @Override
    public String tokens(Feature x) {
        String shape = graph.longs(0, (long) x.height() * x.width(), x.channels());
        return graph.node("Reshape", List.of(x.channelsLast(), shape));
    }

    @Override
    public Feature fromTokens(String tokens, Feature like) {
        String shape = graph.longs(0, like.height(), like.width(), like.channels());
        return like(like, graph.node("Reshape", List.of(tokens, shape)));
    }

    @Override
    public MatrixProduct product() {
        return product;
    }

    private Feature like(Feature x, String value) {
        return Feature.channelsLast(graph, value, x.channels(), x.height(), x.width());
    }
}
