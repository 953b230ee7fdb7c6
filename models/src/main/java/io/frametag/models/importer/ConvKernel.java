package io.frametag.models.importer;

import java.util.Arrays;

/**
 * A biased convolution with a square kernel, in double precision. With an odd kernel its padding is
 * half of it, with one that cuts the input into patches there is none. Such convolutions of equal
 * stride and groups form a vector space, and a per-channel affine map after one is one again: this
 * is what makes the branches of a MobileOne block fold into a single convolution. Immutable by
 * agreement; the operations give new kernels.
 *
 * @param outputs number of output channels
 * @param inputsPerGroup input channels that an output channel sees
 * @param size of the kernel
 * @param groups number of groups
 * @param weights output channel outermost, then input channel, row, column
 * @param bias per output channel
 */
record ConvKernel(
        int outputs, int inputsPerGroup, int size, int groups, double[] weights, double[] bias) {

    ConvKernel {
        if (weights.length != outputs * inputsPerGroup * size * size || bias.length != outputs) {
            throw new IllegalArgumentException("weights don't fit the kernel's shape");
        }
    }

    /** The convolution that changes nothing, 1x1. */
    static ConvKernel identity(int channels, int groups) {
        int inputsPerGroup = channels / groups;
        double[] weights = new double[channels * inputsPerGroup];
        for (int c = 0; c < channels; c++) {
            weights[c * inputsPerGroup + c % inputsPerGroup] = 1;
        }
        return new ConvKernel(channels, inputsPerGroup, 1, groups, weights, new double[channels]);
    }

    /** The same weights with that bias. */
    ConvKernel withBias(double[] newBias) {
        return new ConvKernel(outputs, inputsPerGroup, size, groups, weights, newBias);
    }

    /** This convolution, then the batch norm. */
    ConvKernel then(BatchNorm norm) {
        ConvKernel scaled = scaledBy(norm.scale());
        for (int o = 0; o < outputs; o++) {
            scaled.bias[o] += norm.shift()[o];
        }
        return scaled;
    }

    /** Of each group only the output of that index. */
    ConvKernel outputOfEachGroup(int index) {
        int perGroup = outputs / groups;
        int perOutput = weights.length / outputs;
        double[] taken = new double[groups * perOutput];
        double[] takenBias = new double[groups];
        for (int group = 0; group < groups; group++) {
            int output = group * perGroup + index;
            System.arraycopy(weights, output * perOutput, taken, group * perOutput, perOutput);
            takenBias[group] = bias[output];
        }
        return new ConvKernel(groups, inputsPerGroup, size, groups, taken, takenBias);
    }

    /** This convolution, then each output channel times its factor. */
    ConvKernel scaledBy(double[] factors) {
        double[] scaled = weights.clone();
        double[] scaledBias = bias.clone();
        int perOutput = weights.length / outputs;
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < perOutput; i++) {
                scaled[o * perOutput + i] *= factors[o];
            }
            scaledBias[o] *= factors[o];
        }
        return new ConvKernel(outputs, inputsPerGroup, size, groups, scaled, scaledBias);
    }

    /** The sum of the outputs of both, for odd kernels; the smaller stands amid the larger. */
    ConvKernel plus(ConvKernel other) {
        if (other.size > size) {
            return other.plus(this);
        }
        ConvKernel padded = other.paddedTo(size);
        if (padded.outputs != outputs || padded.inputsPerGroup != inputsPerGroup) {
            throw new IllegalArgumentException("branches of different shapes can't be added");
        }
        return new ConvKernel(
                outputs,
                inputsPerGroup,
                size,
                groups,
                sum(weights, padded.weights),
                sum(bias, padded.bias));
    }

    ConvKernel minus(ConvKernel other) {
        double[] negative = new double[other.outputs];
        Arrays.fill(negative, -1);
        return plus(other.scaledBy(negative));
    }

    private ConvKernel paddedTo(int larger) {
        if (larger == size) {
            return this;
        }
        int margin = (larger - size) / 2;
        double[] padded = new double[outputs * inputsPerGroup * larger * larger];
        for (int plane = 0; plane < outputs * inputsPerGroup; plane++) {
            for (int row = 0; row < size; row++) {
                int from = (plane * size + row) * size;
                int to = (plane * larger + row + margin) * larger + margin;
                System.arraycopy(weights, from, padded, to, size);
            }
        }
        return new ConvKernel(outputs, inputsPerGroup, larger, groups, padded, bias);
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }
}
