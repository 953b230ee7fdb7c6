package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The layers with channels innermost, so that a 1x1 convolution is a matrix product over pixels and
 * runs without a change of layout before or behind it. What is left to convolutions are the
 * depthwise ones and the stem's first, a tenth of the work; ONNX Runtime merges the transposes
 * around them into the reordering that its convolutions need anyway.
 */
final class ChannelsLastLayers implements TowerLayers {

    /** Half a megabyte of float32, which leaves room for weights in a core's second cache. */
    private static final long MIN_STRIP = 1 << 17;

    /** The factor at which {@code x * sigmoid(factor * x)} is closest to GELU: within 0.02. */
    private static final double SIGMOID_FACTOR = 1.702;

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
        if (depthwise && kernel.size() == 3 && stride == 1 && !x.terms().isEmpty()) {
            return ofEachTerm(x, name, kernel);
        }
        return depthwise && kernel.outputs() > kernel.groups()
                ? depthwiseParts(x, name, kernel, stride)
                : convolutions.convolution(x, name, kernel, stride);
    }

    /**
     * A convolution of a sum, as the sum of convolutions: so small a one is cheaper than bringing
     * the sum to the convolutions' own layout, and ONNX Runtime adds up while it convolves.
     */
    private Feature ofEachTerm(Feature sum, String name, ConvKernel kernel) throws IOException {
        ConvKernel unbiased = kernel.withBias(new double[kernel.outputs()]);
        Feature first = convolutions.convolution(sum.terms().get(0), name, kernel, 1);
        Feature second =
                convolutions.convolution(sum.terms().get(1), name + ".second", unbiased, 1);
        return convolutions.add(first, second);
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
     *
     * <p>GELU is {@code x * sigmoid(1.702 * x)} here, in half the time. What it is off by is less
     * than what quantization adds, and the sum behind it dampens both.
     */
    @Override
    public Feature perceptron(
            Feature x, String widenName, ConvKernel widen, String narrowName, ConvKernel narrow)
            throws IOException {
        UnaryOperator<String> first =
                product.of(graph, widenName, widen.scaledBy(filled(widen, SIGMOID_FACTOR)));
        UnaryOperator<String> second =
                product.of(
                        graph,
                        narrowName,
                        narrow.scaledBy(filled(narrow, 1 / SIGMOID_FACTOR))
                                .withBias(narrow.bias()));
        UnaryOperator<String> both = value -> second.apply(sigmoidGated(first.apply(value)));
        int strips = strips(x, widen.outputs());
        if (strips == 1) {
            return like(x, both.apply(x.channelsLast()));
        }
        List<String> parts =
                graph.node(
                        "Split",
                        List.of(x.channelsLast()),
                        strips,
                        attribute("axis", 1),
                        attribute("num_outputs", strips));
        List<String> outputs = parts.stream().map(both).toList();
        return like(x, graph.node("Concat", outputs, attribute("axis", 1)));
    }

    private static double[] filled(ConvKernel kernel, double factor) {
        double[] factors = new double[kernel.outputs()];
        Arrays.fill(factors, factor);
        return factors;
    }

    private String sigmoidGated(String value) {
        return graph.runtimeNode("QuickGelu", List.of(value), attribute("alpha", 1f));
    }

    /**
     * The least number of strips of equal height with no more hidden values than the limit, which
     * grows with the weights, since each strip reads them anew.
     */
    private static int strips(Feature x, int hidden) {
        long weights = 2L * x.channels() * hidden;
        long most = Math.max(MIN_STRIP, weights / Float.BYTES);
        int strips = 1;
        while (strips < x.height()
                && (x.height() % strips != 0
                        || (long) x.height() / strips * x.width() * hidden > most)) {
            strips++;
        }
        return strips;
    }

    @Override
    public Feature gelu(Feature x) {
        return like(x, graph.node("Gelu", List.of(x.channelsLast())));
    }

    @Override
    public Feature add(Feature a, Feature b) {
        return Feature.sum(graph, a, b);
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

    /**
     * By the norm of instances, to which a token is a channel: ONNX Runtime has it sixteen times as
     * fast as the norm of layers.
     */
    @Override
    public String standardised(String tokens, Feature of, String name) throws IOException {
        int positions = of.height() * of.width();
        return graph.node(
                "InstanceNormalization",
                List.of(
                        tokens,
                        graph.filled(name + ".one", 1, positions),
                        graph.filled(name + ".zero", 0, positions)),
                attribute("epsilon", NORM_EPSILON));
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
