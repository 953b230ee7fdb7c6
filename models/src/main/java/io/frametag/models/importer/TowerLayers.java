package io.frametag.models.importer;

import java.io.IOException;

/**
 * Writes the layers that an image tower is made of. Each implementation stands for a precision and
 * the layout that serves it best; the tower is the same for all.
 */
interface TowerLayers {

    /** Of layer norms. */
    float NORM_EPSILON = 1e-5f;

    /** A convolution with padding of half its kernel. */
    Feature convolution(Feature x, String name, ConvKernel kernel, int stride) throws IOException;

    /**
     * A convolution whose error no later sum dampens, since it stands in the trunk and not in a
     * branch beside it; never in a lower precision than float32.
     */
    Feature trunkConvolution(Feature x, String name, ConvKernel kernel) throws IOException;

    /** A 1x1 convolution, GELU and another 1x1 convolution. */
    Feature perceptron(
            Feature x, String widenName, ConvKernel widen, String narrowName, ConvKernel narrow)
            throws IOException;

    Feature gelu(Feature x);

    Feature add(Feature a, Feature b);

    /** Each channel times the channel's value in the gate, which is of one pixel. */
    Feature multiply(Feature x, Feature gate);

    /** The feature as batch x positions x channels. */
    String tokens(Feature x);

    /**
     * Tokens less their mean, divided by their deviation, each by its own: a layer norm without
     * scale and shift.
     *
     * @param of what they are the tokens of
     * @param name of the constants in the graph
     */
    String standardised(String tokens, Feature of, String name) throws IOException;

    /** What {@link #tokens} was, from a value of shape batch x positions x channels. */
    Feature fromTokens(String tokens, Feature like);

    /** How to multiply tokens. */
    MatrixProduct product();
}
