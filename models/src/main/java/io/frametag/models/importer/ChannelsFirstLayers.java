package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.io.IOException;
import java.util.List;

/** The layers in float32 and in the order of the checkpoint, channels outermost. */
final class ChannelsFirstLayers implements TowerLayers {

    private final OnnxGraph graph;

    ChannelsFirstLayers(OnnxGraph graph) {
        this.graph = graph;
    }

    @Override
    public Feature convolution(Feature x, String name, ConvKernel kernel, int stride)
            throws IOException {
        int size = kernel.size();
        int pad = size / 2;
        String output =
                Convolution.of(
                        graph,
                        x.channelsFirst(),
                        name,
                        kernel,
                        attribute("pads", pad, pad, pad, pad),
                        attribute("strides", stride, stride),
                        attribute("group", kernel.groups()));
        int height = (x.height() + 2 * pad - size) / stride + 1;
        int width = (x.width() + 2 * pad - size) / stride + 1;
        return Feature.channelsFirst(graph, output, kernel.outputs(), height, width);
    }

    @Override
    public Feature trunkConvolution(Feature x, String name, ConvKernel kernel) throws IOException {
        return convolution(x, name, kernel, 1);
    }

    @Override
    public Feature perceptron(
            Feature x, String widenName, ConvKernel widen, String narrowName, ConvKernel narrow)
            throws IOException {
        Feature hidden = gelu(convolution(x, widenName, widen, 1));
        return convolution(hidden, narrowName, narrow, 1);
    }

    @Override
    public Feature gelu(Feature x) {
        return like(x, graph.node("Gelu", List.of(x.channelsFirst())));
    }

    @Override
    public Feature add(Feature a, Feature b) {
        return like(a, graph.node("Add", List.of(a.channelsFirst(), b.channelsFirst())));
    }

    @Override
    public Feature multiply(Feature x, Feature gate) {
        return like(x, graph.node("Mul", List.of(x.channelsFirst(), gate.channelsFirst())));
    }

    @Override
    public String tokens(Feature x) {
        String shape = graph.longs(0, x.channels(), (long) x.height() * x.width());
        String flat = graph.node("Reshape", List.of(x.channelsFirst(), shape));
        return graph.node("Transpose", List.of(flat), attribute("perm", 0, 2, 1));
    }

    @Override
    public String standardised(String tokens, Feature of, String name) throws IOException {
        return graph.node(
                "LayerNormalization",
                List.of(tokens, graph.filled(name + ".one", 1, of.channels())),
                attribute("axis", -1),
                attribute("epsilon", NORM_EPSILON));
    }

    @Override
    public Feature fromTokens(String tokens, Feature like) {
        String flat = graph.node("Transpose", List.of(tokens), attribute("perm", 0, 2, 1));
        String shape = graph.longs(0, like.channels(), like.height(), like.width());
        return like(like, graph.node("Reshape", List.of(flat, shape)));
    }

    @Override
    public MatrixProduct product() {
        return Linear::of;
    }

    private Feature like(Feature x, String value) {
        return Feature.channelsFirst(graph, value, x.channels(), x.height(), x.width());
    }
}
