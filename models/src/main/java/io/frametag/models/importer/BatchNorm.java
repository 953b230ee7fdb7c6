package io.frametag.models.importer;

/**
 * A batch norm at inference: per channel, {@code y = scale * x + shift}.
 *
 * @param scale weight / sqrt(variance + eps)
 * @param shift bias - mean * scale
 */
record BatchNorm(double[] scale, double[] shift) {

    private static final double EPSILON = 1e-5;

    static BatchNorm of(float[] weight, float[] bias, float[] mean, float[] variance) {
        double[] scale = new double[weight.length];
        double[] shift = new double[weight.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = weight[c] / Math.sqrt(variance[c] + EPSILON);
            shift[c] = bias[c] - mean[c] * scale[c];
        }
        return new BatchNorm(scale, shift);
    }
}
