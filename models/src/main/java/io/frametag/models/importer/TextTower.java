package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;

/** CLIP's text transformer in OpenCLIP's layout: pre-norm, pooled at the end token. */
final class TextTower {

    private static final String PREFIX = "text.";
    private static final float EPSILON = 1e-5f;

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final int length;
    private final int width;
    private final TransformerBlock blocks;

    TextTower(Checkpoint checkpoint, OnnxGraph graph) throws ModelException {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.length = checkpoint.dimension(PREFIX + "positional_embedding", 2, 0);
        this.width = checkpoint.dimension(PREFIX + "positional_embedding", 2, 1);
        this.blocks =
                new TransformerBlock(
                        checkpoint, graph, TransformerBlock.Layout.OPEN_CLIP, width, EPSILON);
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
            x = blocks.write(x, length, resblocks + block, mask);
        }
        String pooled = blocks.layerNorm(atEndToken(x, ids), PREFIX + "ln_final");
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

    /** The row of the largest id, which is the end token's; of its first if there are more. */
    private String atEndToken(String rows, String ids) {
        String end =
                graph.node("ArgMax", List.of(ids), attribute("axis", 1), attribute("keepdims", 1));
        return graph.node("GatherND", List.of(rows, end), attribute("batch_dims", 1));
    }
}
