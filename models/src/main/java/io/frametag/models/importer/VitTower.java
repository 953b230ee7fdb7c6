package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;

/**
 * The ViT image towers (arXiv 2010.11929) in timm's layout: a picture is cut into patches, each
 * becomes a token, and the class token's row is the result. Two ways to the tokens are known: one
 * convolution over whole patches (L/14), and a stem of three with batch norm and GELU between (B,
 * arXiv 2311.17049). Position embeddings are not interpolated, so that a checkpoint has one picture
 * size.
 */
final class VitTower {

    static final String PREFIX = "visual.trunk.";

    private static final String STEM = PREFIX + "patch_embed.backbone.";
    private static final String PATCHES = PREFIX + "patch_embed.proj";
    private static final String POSITIONS = PREFIX + "pos_embed";
    private static final String EARLY_NORM = PREFIX + "norm_pre";

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final int width;
    private final int tokens;
    private final TransformerBlock blocks;

    VitTower(Checkpoint checkpoint, OnnxGraph graph) throws ModelException {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.width = checkpoint.dimension(POSITIONS, 3, 2);
        int side = side(checkpoint);
        this.tokens = side * side + 1;
        // No tensor tells it: 1e-5 is CLIP's, which alone has the early norm, 1e-6 is timm's.
        float epsilon = checkpoint.hasAnyUnder(EARLY_NORM + ".") ? 1e-5f : 1e-6f;
        this.blocks =
                new TransformerBlock(
                        checkpoint, graph, TransformerBlock.Layout.TIMM, width, epsilon);
    }

    /** The only picture size that the checkpoint's position embeddings are for. */
    static ImageSize imageSize(Checkpoint checkpoint) throws ModelException {
        int patch = 1;
        if (hasStem(checkpoint)) {
            for (int i = 0; i < checkpoint.count(STEM); i++) {
                patch *= checkpoint.dimension(STEM + i + ".conv.weight", 4, 3);
            }
        } else {
            patch = checkpoint.dimension(PATCHES + ".weight", 4, 3);
        }
        int pixels = side(checkpoint) * patch;
        return new ImageSize(pixels, pixels);
    }

    private static boolean hasStem(Checkpoint checkpoint) {
        return checkpoint.hasAnyUnder(STEM);
    }

    /** Patches along a side of the picture. */
    private static int side(Checkpoint checkpoint) throws ModelException {
        int positions = checkpoint.dimension(POSITIONS, 3, 1);
        int patches = hasStem(checkpoint) ? positions : positions - 1;
        int side = (int) Math.round(Math.sqrt(patches));
        if (side < 1 || side * side != patches) {
            throw checkpoint.broken("has " + patches + " positions, no square of patches");
        }
        return side;
    }

    /** Writes the tower from input {@code image} to output {@code embedding}. */
    void write(ImageSize size, int embeddingSize) throws ModelException, IOException {
        String image =
                graph.input("image", TensorProto.DataType.FLOAT, 3, size.height(), size.width());
        String pixels = graph.real(image);
        String patches = hasStem(checkpoint) ? stem(pixels) : wholePatches(pixels);
        String x = withClassToken(patches);
        if (checkpoint.hasAnyUnder(EARLY_NORM + ".")) {
            x = blocks.layerNorm(x, EARLY_NORM);
        }
        for (int block = 0; block < checkpoint.count(PREFIX + "blocks."); block++) {
            x = blocks.write(x, tokens, PREFIX + "blocks." + block, null);
        }
        // Only the class token goes on, so that the norm need not see the others.
        String first = graph.node("Slice", List.of(x, graph.longs(0), graph.longs(1), axisOne()));
        String row = graph.node("Squeeze", List.of(first, axisOne()));
        String embedding = head(blocks.layerNorm(row, PREFIX + "norm"), embeddingSize);
        graph.output(UnitLength.of(graph, embedding), "embedding", embeddingSize);
    }

    private String axisOne() {
        return graph.longs(1);
    }

    private String head(String row, int embeddingSize) throws ModelException, IOException {
        ConvKernel kernel = checkpoint.linear(PREFIX + "head.weight", embeddingSize, width);
        double[] bias = checkpoint.vector(PREFIX + "head.bias", embeddingSize);
        String weights = graph.floats("head.weight", kernel.weights(), embeddingSize, width);
        String biases = graph.floats("head.bias", bias, embeddingSize);
        return graph.node("Gemm", List.of(row, weights, biases), attribute("transB", 1));
    }

    private String stem(String image) throws ModelException, IOException {
        String x = image;
        int channels = 3;
        int layers = checkpoint.count(STEM);
        for (int i = 0; i < layers; i++) {
            boolean last = i == layers - 1;
            ConvKernel kernel = checkpoint.patches(STEM + i + ".conv.weight", channels);
            kernel =
                    last
                            ? kernel.withBias(checkpoint.vector(STEM + i + ".conv.bias", width))
                            : kernel.then(checkpoint.batchNorm(STEM + i + ".bn", kernel.outputs()));
            x = convolution(x, STEM + i, kernel);
            x = last ? x : graph.node("Gelu", List.of(x));
            channels = kernel.outputs();
        }
        return x;
    }

    private String wholePatches(String image) throws ModelException, IOException {
        return convolution(image, PATCHES, checkpoint.patches(PATCHES + ".weight", 3));
    }

    /** A convolution whose patches lie side by side. */
    private String convolution(String x, String name, ConvKernel kernel) throws IOException {
        int size = kernel.size();
        return Convolution.of(graph, x, name, kernel, attribute("strides", size, size));
    }

    /**
     * From batch x width x side x side to batch x tokens x width, the class token first. A row of
     * zeros is put before the patches, and class token and positions are added as one constant:
     * this needs no shape that depends on the batch.
     */
    private String withClassToken(String patches) throws ModelException, IOException {
        String flat = graph.node("Reshape", List.of(patches, graph.longs(0, width, tokens - 1)));
        String rows = graph.node("Transpose", List.of(flat), attribute("perm", 0, 2, 1));
        String padded = graph.node("Pad", List.of(rows, graph.longs(0, 1, 0, 0, 0, 0)));
        String added = graph.floats("class_and_positions", classAndPositions(), tokens, width);
        return graph.node("Add", List.of(padded, added));
    }

    private double[] classAndPositions() throws ModelException {
        int known = checkpoint.dimension(POSITIONS, 3, 1);
        float[] positions = checkpoint.read(POSITIONS, 1, known, width);
        float[] classToken = checkpoint.read(PREFIX + "cls_token", 1, 1, width);
        double[] sum = new double[tokens * width];
        // Where the class token has no position of its own, those of the patches come second.
        int start = sum.length - positions.length;
        for (int i = 0; i < positions.length; i++) {
            sum[start + i] = positions[i];
        }
        for (int c = 0; c < width; c++) {
            sum[c] += classToken[c];
        }
        return sum;
    }
}
