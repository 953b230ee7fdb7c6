package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pre-norm transformer blocks over values of shape batch x positions x width: {@code x +
 * attention(norm(x))}, then {@code x + mlp(norm(x))}, with a GELU inside the mlp.
 */
final class TransformerBlock {

    private static final int HEAD_SIZE = 64;

    /** What a layout calls the parts of a block. */
    record Layout(
            String firstNorm,
            String qkvWeight,
            String qkvBias,
            String projection,
            String secondNorm,
            String widen,
            String narrow) {

        /** OpenCLIP's own transformers. */
        static final Layout OPEN_CLIP =
                new Layout(
                        "ln_1",
                        "attn.in_proj_weight",
                        "attn.in_proj_bias",
                        "attn.out_proj",
                        "ln_2",
                        "c_fc",
                        "c_proj");

        /** timm's vision transformers. */
        static final Layout TIMM =
                new Layout(
                        "norm1",
                        "attn.qkv.weight",
                        "attn.qkv.bias",
                        "attn.proj",
                        "norm2",
                        "fc1",
                        "fc2");
    }

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final Layout layout;
    private final int width;
    private final float epsilon;
    private MatrixProduct product = Linear::of;

    /**
     * @param width channels, a multiple of 64
     * @param epsilon of the layer norms
     */
    TransformerBlock(
            Checkpoint checkpoint, OnnxGraph graph, Layout layout, int width, float epsilon)
            throws ModelException {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.layout = layout;
        this.width = width;
        this.epsilon = epsilon;
        if (width % HEAD_SIZE != 0) {
            throw checkpoint.broken("has a transformer of width " + width + ", no multiple of 64");
        }
    }

    /** Multiplies by weights in that way, not in the graph's own real numbers. */
    TransformerBlock by(MatrixProduct newProduct) {
        this.product = newProduct;
        return this;
    }

    /**
     * Writes one block.
     *
     * @param mask of shape positions x positions that is added to the scores; null for none
     */
    String write(String input, int positions, String prefix, @Nullable String mask)
            throws ModelException, IOException {
        String block = prefix + ".";
        ConvKernel qkv =
                biased(block + layout.qkvWeight(), block + layout.qkvBias(), 3 * width, width);
        ConvKernel projection = linear(block + layout.projection(), width, width);
        String mixed =
                new SelfAttention(graph, block + "attn", width, HEAD_SIZE)
                        .masked(mask)
                        .by(product)
                        .write(
                                layerNorm(input, block + layout.firstNorm()),
                                positions,
                                qkv,
                                projection);
        String x = graph.node("Add", List.of(input, mixed));
        String changed = mlp(layerNorm(x, block + layout.secondNorm()), block);
        return graph.node("Add", List.of(x, changed));
    }

    private String mlp(String x, String block) throws ModelException, IOException {
        String widen = block + "mlp." + layout.widen();
        int hidden = checkpoint.dimension(widen + ".weight", 2, 0);
        String wide = product.write(graph, x, block + layout.widen(), linear(widen, hidden, width));
        String active = graph.node("Gelu", List.of(wide));
        ConvKernel narrow = linear(block + "mlp." + layout.narrow(), width, hidden);
        return product.write(graph, active, block + layout.narrow(), narrow);
    }

    private ConvKernel linear(String prefix, int outputs, int inputs) throws ModelException {
        return biased(prefix + ".weight", prefix + ".bias", outputs, inputs);
    }

    private ConvKernel biased(String weight, String bias, int outputs, int inputs)
            throws ModelException {
        ConvKernel kernel = checkpoint.linear(weight, outputs, inputs);
        return new ConvKernel(
                outputs, inputs, 1, 1, kernel.weights(), checkpoint.vector(bias, outputs));
    }

    /** A layer norm over the last dimension. */
    String layerNorm(String x, String prefix) throws ModelException, IOException {
        String weight = prefix + ".weight";
        String bias = prefix + ".bias";
        String scale = graph.floats(weight, checkpoint.vector(weight, width), width);
        String shift = graph.floats(bias, checkpoint.vector(bias, width), width);
        return graph.node(
                "LayerNormalization",
                List.of(x, scale, shift),
                attribute("axis", -1),
                attribute("epsilon", epsilon));
    }
}
