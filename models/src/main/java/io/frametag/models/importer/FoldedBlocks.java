package io.frametag.models.importer;

import io.frametag.models.ModelException;

/**
 * The blocks of a checkpoint that fold into a single convolution. Each is linear before its
 * activation, so that the sum of its branches, their batch norms, skips and scales is one kernel.
 */
final class FoldedBlocks {

    private final Checkpoint checkpoint;

    FoldedBlocks(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** A convolution with batch norm: {@code prefix.conv}, {@code prefix.bn}. */
    ConvKernel normed(String prefix, int inputs) throws ModelException {
        ConvKernel kernel = checkpoint.convolution(prefix + ".conv.weight", inputs);
        return kernel.then(checkpoint.batchNorm(prefix + ".bn", kernel.outputs()));
    }

    /** The sum of whichever branches a MobileOne block has. */
    ConvKernel mobileOne(String prefix, int inputs) throws ModelException {
        int branches = checkpoint.count(prefix + ".conv_kxk.");
        if (branches == 0) {
            throw checkpoint.broken("has no tensor " + prefix + ".conv_kxk.0.conv.weight");
        }
        ConvKernel sum = normed(prefix + ".conv_kxk.0", inputs);
        for (int branch = 1; branch < branches; branch++) {
            sum = sum.plus(normed(prefix + ".conv_kxk." + branch, inputs));
        }
        if (checkpoint.hasAnyUnder(prefix + ".conv_scale.")) {
            sum = sum.plus(normed(prefix + ".conv_scale", inputs));
        }
        if (checkpoint.hasAnyUnder(prefix + ".identity.")) {
            sum = sum.plus(normedIdentity(prefix + ".identity", inputs, sum.groups()));
        }
        return sum;
    }

    private ConvKernel normedIdentity(String prefix, int channels, int groups)
            throws ModelException {
        return ConvKernel.identity(channels, groups).then(checkpoint.batchNorm(prefix, channels));
    }

    /** {@code x + gamma * (mixer(x) - norm(x))}. */
    ConvKernel repMixer(String prefix, int channels) throws ModelException {
        ConvKernel mixer = mobileOne(prefix + ".mixer", channels);
        ConvKernel norm = normedIdentity(prefix + ".norm.identity", channels, mixer.groups());
        ConvKernel change = layerScaled(mixer.minus(norm), prefix + ".layer_scale");
        return change.plus(ConvKernel.identity(channels, mixer.groups()));
    }

    /** The large and the small convolution of a downsampling. */
    ConvKernel largeKernel(String prefix, int inputs) throws ModelException {
        ConvKernel large = normed(prefix + ".large_conv", inputs);
        return checkpoint.hasAnyUnder(prefix + ".small_conv.")
                ? large.plus(normed(prefix + ".small_conv", inputs))
                : large;
    }

    /** The kernel, then the layer scale where the checkpoint has it. */
    ConvKernel layerScaled(ConvKernel kernel, String prefix) throws ModelException {
        return checkpoint.has(prefix + ".gamma")
                ? kernel.scaledBy(checkpoint.gamma(prefix, kernel.outputs()))
                : kernel;
    }

    /** The batch norm, then the dense 1x1 kernel. */
    ConvKernel after(BatchNorm norm, ConvKernel kernel) {
        int inputs = kernel.inputsPerGroup();
        double[] weights = new double[kernel.weights().length];
        double[] bias = kernel.bias().clone();
        for (int o = 0; o < kernel.outputs(); o++) {
            for (int i = 0; i < inputs; i++) {
                double weight = kernel.weights()[o * inputs + i];
                weights[o * inputs + i] = weight * norm.scale()[i];
                bias[o] += weight * norm.shift()[i];
            }
        }
        return new ConvKernel(kernel.outputs(), inputs, 1, 1, weights, bias);
    }
}
