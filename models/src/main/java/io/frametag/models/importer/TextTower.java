package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLIP's text transformer in OpenCLIP's layout: pre-norm, pooled at the end token. */
final class TextTower {

    private static final String PREFIX = "text.";
    private static final int HEAD_SIZE = 64;

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final int length;
    private final int width;

    TextTower(Checkpoint checkpoint, OnnxGraph graph) throws ModelException {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.length = checkpoint.dimension(PREFIX + "positional_embedding", 2, 0);
        this.width = checkpoint.dimension(PREFIX + "positional_embedding", 2, 1);
        if (width % HEAD_SIZE != 0) {
            throw checkpoint.broken("has a text width of " + width + ", no multiple of 64");
        }
    }

    int length() {
        return length;
    }

    /**
     * Writes the tower from input {@code input_ids} to output {@code embedding}.
     *
     * @param causal whether a token sees only those before it
     */
    void write(boolean causal, int embeddingSize) throws ModelException, IOException {
        String ids = graph.input("input_ids", TensorProto.DataType.INT64, length);
        String x =
                graph.node(
                        "Add", List.of(graph.node("Gather", List.of(tokens(), ids)), positions()));
        String mask = causal ? causalMask() : null;
        String resblocks = PREFIX + "transformer.resblocks.";
        for (int block = 0; block < checkpoint.count(resblocks); block++) {
            x = block(x, resblocks + block, mask);
        }
        String pooled = layerNorm(atEndToken(x, ids), PREFIX + "ln_final");
        float[] projection = checkpoint.read(PREFIX + "text_projection", width, embeddingSize);
        String weights =
                graph.floats("projection", Checkpoint.doubles(projection), width, embeddingSize);
        String embedding = graph.node("MatMul", List.of(pooled, weights));
        graph.output(UnitLength.of(graph, embedding), "embedding", embeddingSize);
    }

    private String tokens() throws ModelException, IOException {
        String name = PREFIX + "token_embedding.weight";
        long vocabulary = checkpoint.dimension(name, 2, 0);
        return graph.floats(
                name, sink -> checkpoint.stream(name, sink, vocabulary, width), vocabulary, width);
    }

    private String positions() throws ModelException, IOException {
        String name = PREFIX + "positional_embedding";
        double[] values = Checkpoint.doubles(checkpoint.read(name, length, width));
        return graph.floats(name, values, length, width);
    }

    private String causalMask() throws IOException {
        double[] mask = new double[length * length];
        for (int from = 0; from < length; from++) {
            for (int to = from + 1; to < length; to++) {
                mask[from * length + to] = Double.NEGATIVE_INFINITY;
            }
        }
        return graph.floats("causal_mask", mask, length, length);
    }

    private String block(String input, String prefix, @Nullable String mask)
            throws ModelException, IOException {
        ConvKernel qkv =
                biased(
                        prefix + ".attn.in_proj_weight",
                        prefix + ".attn.in_proj_bias",
                        3 * width,
                        width);
        ConvKernel proj = linear(prefix + ".attn.out_proj", width, width);
        String mixed =
                new SelfAttention(graph, prefix + ".attn", width, HEAD_SIZE)
                        .masked(mask)
                        .write(layerNorm(input, prefix + ".ln_1"), length, qkv, proj);
        String x = graph.node("Add", List.of(input, mixed));
        int hidden = checkpoint.dimension(prefix + ".mlp.c_fc.weight", 2, 0);
        String y = layerNorm(x, prefix + ".ln_2");
        y = Linear.write(graph, y, prefix + ".c_fc", linear(prefix + ".mlp.c_fc", hidden, width));
        y = graph.node("Gelu", List.of(y));
        y =
                Linear.write(
                        graph,
                        y,
                        prefix + ".c_proj",
                        linear(prefix + ".mlp.c_proj", width, hidden));
        return graph.node("Add", List.of(x, y));
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

    /** The row of the largest id, which is the end token's; of its first if there are more. */
    private String atEndToken(String rows, String ids) {
        String end =
                graph.node("ArgMax", List.of(ids), attribute("axis", 1), attribute("keepdims", 1));
        return graph.node("GatherND", List.of(rows, end), attribute("batch_dims", 1));
    }

    private String layerNorm(String x, String prefix) throws ModelException, IOException {
        String scale =
                graph.floats(
                        prefix + ".weight", checkpoint.vector(prefix + ".weight", width), width);
        String shift =
                graph.floats(prefix + ".bias", checkpoint.vector(prefix + ".bias", width), width);
        return graph.node(
                "LayerNormalization",
                List.of(x, scale, shift),
                attribute("axis", -1),
                attribute("epsilon", 1e-5f));
    }
}
