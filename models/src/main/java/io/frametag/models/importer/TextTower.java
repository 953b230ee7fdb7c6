package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;

/** CLIP's text transformer in OpenCLIP's layout: pre-norm, pooled at the end token. */
final class TextTower {

    private static final String PREFIX = "text.";
    private static final String TOKENS = PREFIX + "token_embedding.weight";
    private static final float EPSILON = 1e-5f;

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final int length;
    private final int width;
    private final boolean bytes;
    private final TransformerBlock blocks;

    /**
     * @param bytes whether weights and the tokens' rows are int8, for a quarter of the memory
     */
    TextTower(Checkpoint checkpoint, OnnxGraph graph, boolean bytes) throws ModelException {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.length = checkpoint.dimension(PREFIX + "positional_embedding", 2, 0);
        this.width = checkpoint.dimension(PREFIX + "positional_embedding", 2, 1);
        this.bytes = bytes;
        this.blocks =
                new TransformerBlock(
                                checkpoint,
                                graph,
                                TransformerBlock.Layout.OPEN_CLIP,
                                width,
                                EPSILON)
                        .by(bytes ? QuantizedLinear::of : Linear::of);
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
        String x = graph.node("Add", List.of(bytes ? byteRows(ids) : rows(ids), positions()));
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

    private String rows(String ids) throws ModelException, IOException {
        long vocabulary = checkpoint.dimension(TOKENS, 2, 0);
        String table =
                graph.floats(
                        TOKENS,
                        sink -> checkpoint.stream(TOKENS, sink, vocabulary, width),
                        vocabulary,
                        width);
        return graph.node("Gather", List.of(table, ids));
    }

    private String byteRows(String ids) throws ModelException, IOException {
        int vocabulary = checkpoint.dimension(TOKENS, 2, 0);
        ByteRows rows = new ByteRows(new byte[vocabulary * width], new double[vocabulary]);
        double[] row = new double[width];
        int[] read = {0};
        checkpoint.stream(
                TOKENS,
                value -> {
                    row[read[0] % width] = value;
                    if (++read[0] % width == 0) {
                        rows.put(read[0] / width - 1, row, 0, width);
                    }
                },
                vocabulary,
                width);
        String table = rows.write(graph, TOKENS);
        String scales = graph.floats(TOKENS + ".scale", rows.scales(), vocabulary, 1);
        String levels = graph.node("Gather", List.of(table, ids));
        String scale = graph.node("Gather", List.of(scales, ids));
        String numbers =
                graph.node(
                        "Cast",
                        List.of(levels),
                        attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        return graph.node("Mul", List.of(numbers, scale));
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
