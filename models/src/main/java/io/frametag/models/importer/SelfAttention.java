package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention over a value of shape batch x positions x channels. The scale of the
 * queries is folded into their weights.
 */
final class SelfAttention {

    private final OnnxGraph graph;
    private final String name;
    private final int channels;
    private final int headSize;
    private MatrixProduct product = Linear::of;
    private @Nullable String mask;

    SelfAttention(OnnxGraph graph, String name, int channels, int headSize) {
        this.graph = graph;
        this.name = name;
        this.channels = channels;
        this.headSize = headSize;
    }

    /** Adds that value, of shape positions x positions, to the scores. */
    SelfAttention masked(@Nullable String newMask) {
        this.mask = newMask;
        return this;
    }

    /** Multiplies by weights in that way, not in float32. */
    SelfAttention by(MatrixProduct newProduct) {
        this.product = newProduct;
        return this;
    }

    /**
     * @param qkv from channels to queries, keys and values, in this order
     * @param proj from channels to channels
     */
    String write(String tokens, int positions, ConvKernel qkv, ConvKernel proj) throws IOException {
        String packed = linear(tokens, name + ".qkv", scaledQueries(qkv));
        List<String> parts =
                graph.node(
                        "Split",
                        List.of(packed),
                        3,
                        attribute("axis", -1),
                        attribute("num_outputs", 3));
        String queries = heads(parts.get(0), positions, 0, 2, 1, 3);
        String keys = heads(parts.get(1), positions, 0, 2, 3, 1);
        String values = heads(parts.get(2), positions, 0, 2, 1, 3);
        String scores = graph.node("MatMul", List.of(queries, keys));
        if (mask != null) {
            scores = graph.node("Add", List.of(scores, mask));
        }
        String shares = graph.node("Softmax", List.of(scores), attribute("axis", -1));
        String mixed = graph.node("MatMul", List.of(shares, values));
        String ordered = graph.node("Transpose", List.of(mixed), attribute("perm", 0, 2, 1, 3));
        String joined =
                graph.node("Reshape", List.of(ordered, graph.longs(0, positions, channels)));
        return linear(joined, name + ".proj", proj);
    }

    private ConvKernel scaledQueries(ConvKernel qkv) {
        double[] factors = new double[3 * channels];
        Arrays.fill(factors, 1);
        Arrays.fill(factors, 0, channels, 1 / Math.sqrt(headSize));
        return qkv.scaledBy(factors);
    }

    private String heads(String value, int positions, long... order) {
        String shape = graph.longs(0, positions, channels / headSize, headSize);
        String split = graph.node("Reshape", List.of(value, shape));
        return graph.node("Transpose", List.of(split), attribute("perm", order));
    }

    private String linear(String value, String linear, ConvKernel kernel) throws IOException {
        return product.write(graph, value, linear, kernel);
    }
}
