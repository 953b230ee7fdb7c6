package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.util.List;

/**
 * The FastViT image tower of MobileCLIP (arXiv 2303.14189, 2311.17049), folded for inference. What
 * it is made of is read off the tensors: stages, blocks, widths, branches, squeeze-excite, the kind
 * of token mixer and of norm. What no tensor tells is fixed by the architecture: strides, kernels
 * in the middle of their padding, activations, head size.
 */
final class FastVitTower {

    static final String PREFIX = "visual.trunk.";

    private static final int HEAD_SIZE = 32;

    private final Checkpoint checkpoint;
    private final OnnxGraph graph;
    private final TowerLayers layers;
    private final FoldedBlocks blocks;

    FastVitTower(Checkpoint checkpoint, OnnxGraph graph, TowerLayers layers) {
        this.checkpoint = checkpoint;
        this.graph = graph;
        this.layers = layers;
        this.blocks = new FoldedBlocks(checkpoint);
    }

    /** Writes the tower from input {@code image} to output {@code embedding}. */
    void write(ImageSize size, int embeddingSize) throws ModelException, IOException {
        String input =
                graph.input("image", TensorProto.DataType.FLOAT, 3, size.height(), size.width());
        Feature x = Feature.channelsFirst(graph, graph.real(input), 3, size.height(), size.width());
        x = mobileOne(x, PREFIX + "stem.0", 2);
        x = mobileOne(x, PREFIX + "stem.1", 2);
        x = mobileOne(x, PREFIX + "stem.2", 1);
        for (int stage = 0; stage < checkpoint.count(PREFIX + "stages."); stage++) {
            x = stage(x, PREFIX + "stages." + stage);
        }
        x = mobileOne(x, PREFIX + "final_conv", 1);
        String embedding = head(x, embeddingSize);
        graph.output(UnitLength.of(graph, embedding), "embedding", embeddingSize);
    }

    private String head(Feature x, int embeddingSize) throws ModelException, IOException {
        String pooled = graph.node("GlobalAveragePool", List.of(x.channelsFirst()));
        String flat = graph.node("Flatten", List.of(pooled));
        ConvKernel kernel =
                checkpoint.linear(PREFIX + "head.fc.weight", embeddingSize, x.channels());
        double[] bias = checkpoint.vector(PREFIX + "head.fc.bias", embeddingSize);
        return layers.product().write(graph, flat, "head", kernel.withBias(bias));
    }

    private Feature stage(Feature input, String stage) throws ModelException, IOException {
        Feature x = input;
        if (checkpoint.hasAnyUnder(stage + ".downsample.")) {
            x = downsample(x, stage + ".downsample");
        }
        if (checkpoint.hasAnyUnder(stage + ".pos_emb.")) {
            String name = stage + ".pos_emb.pos_enc";
            ConvKernel positions = checkpoint.biasedConvolution(name, x.channels());
            ConvKernel skip = ConvKernel.identity(x.channels(), positions.groups());
            x = layers.convolution(x, name, positions.plus(skip), 1);
        }
        for (int block = 0; block < checkpoint.count(stage + ".blocks."); block++) {
            x = block(x, stage + ".blocks." + block);
        }
        return x;
    }

    private Feature downsample(Feature input, String prefix) throws ModelException, IOException {
        ConvKernel kernel = blocks.largeKernel(prefix + ".proj.0", input.channels());
        Feature x = layers.convolution(input, prefix + ".proj.0", kernel, 2);
        x = layers.gelu(squeezeExcite(x, prefix + ".proj.0.se"));
        String proj = prefix + ".proj.1";
        ConvKernel mixer = blocks.mobileOne(proj, x.channels());
        x = layers.trunkConvolution(x, proj, mixer);
        return layers.gelu(squeezeExcite(x, proj + ".se"));
    }

    private Feature block(Feature input, String prefix) throws ModelException, IOException {
        if (checkpoint.hasAnyUnder(prefix + ".token_mixer.qkv.")) {
            Feature mixed = attention(input, prefix);
            return mlp(mixed, prefix, prefix + ".layer_scale_2");
        }
        String mixer = prefix + ".token_mixer";
        Feature mixed =
                layers.convolution(input, mixer, blocks.repMixer(mixer, input.channels()), 1);
        return mlp(mixed, prefix, prefix + ".layer_scale");
    }

    private Feature mlp(Feature input, String block, String layerScale)
            throws ModelException, IOException {
        String prefix = block + ".mlp";
        int channels = input.channels();
        Feature x =
                layers.convolution(
                        input, prefix + ".conv", blocks.normed(prefix + ".conv", channels), 1);
        ConvKernel widen = checkpoint.biasedConvolution(prefix + ".fc1", channels);
        ConvKernel narrow = checkpoint.biasedConvolution(prefix + ".fc2", widen.outputs());
        narrow = blocks.layerScaled(narrow, layerScale);
        x = layers.perceptron(x, prefix + ".fc1", widen, prefix + ".fc2", narrow);
        return layers.add(input, x);
    }

    private Feature attention(Feature input, String block) throws ModelException, IOException {
        int channels = input.channels();
        String tokens = layers.tokens(input);
        ConvKernel qkv =
                checkpoint.linear(block + ".token_mixer.qkv.weight", 3 * channels, channels);
        if (checkpoint.has(block + ".norm.running_mean")) {
            qkv = blocks.after(checkpoint.batchNorm(block + ".norm", channels), qkv);
        } else {
            tokens = layers.standardised(tokens, input, block + ".norm");
            qkv = blocks.after(layerNorm(block + ".norm", channels), qkv);
        }
        ConvKernel proj = attentionProjection(block, channels);
        String mixed =
                new SelfAttention(graph, block, channels, HEAD_SIZE)
                        .by(layers.product())
                        .write(tokens, input.height() * input.width(), qkv, proj);
        return layers.add(input, layers.fromTokens(mixed, input));
    }

    private ConvKernel attentionProjection(String block, int channels) throws ModelException {
        String prefix = block + ".token_mixer.proj";
        ConvKernel bare = checkpoint.linear(prefix + ".weight", channels, channels);
        double[] bias = checkpoint.vector(prefix + ".bias", channels);
        ConvKernel proj = new ConvKernel(channels, channels, 1, 1, bare.weights(), bias);
        return blocks.layerScaled(proj, block + ".layer_scale_1");
    }

    /** What a layer norm does to a token once it is standardised. */
    private BatchNorm layerNorm(String prefix, int channels) throws ModelException {
        return new BatchNorm(
                checkpoint.vector(prefix + ".weight", channels),
                checkpoint.vector(prefix + ".bias", channels));
    }

    private Feature mobileOne(Feature input, String prefix, int stride)
            throws ModelException, IOException {
        ConvKernel kernel = blocks.mobileOne(prefix, input.channels());
        Feature x = layers.convolution(input, prefix, kernel, stride);
        return layers.gelu(squeezeExcite(x, prefix + ".se"));
    }

    private Feature squeezeExcite(Feature x, String prefix) throws ModelException, IOException {
        if (!checkpoint.hasAnyUnder(prefix + ".")) {
            return x;
        }
        String pooled = graph.node("GlobalAveragePool", List.of(x.channelsFirst()));
        Feature gate = Feature.channelsFirst(graph, pooled, x.channels(), 1, 1);
        ConvKernel reduce = checkpoint.biasedConvolution(prefix + ".fc1", x.channels());
        gate = layers.convolution(gate, prefix + ".fc1", reduce, 1);
        String relu = graph.node("Relu", List.of(gate.channelsFirst()));
        gate = Feature.channelsFirst(graph, relu, reduce.outputs(), 1, 1);
        ConvKernel expand = checkpoint.biasedConvolution(prefix + ".fc2", reduce.outputs());
        gate = layers.convolution(gate, prefix + ".fc2", expand, 1);
        String open = graph.node("Sigmoid", List.of(gate.channelsFirst()));
        return layers.multiply(x, Feature.channelsFirst(graph, open, x.channels(), 1, 1));
    }
}
