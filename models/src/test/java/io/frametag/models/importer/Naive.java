package io.frametag.models.importer;

/** Convolutions the plain way, channel by channel and pixel by pixel. */
final class Naive {

    private Naive() {}

    /** What to do with a value of a channel. */
    interface ChannelMap {
        double apply(int channel, double value);
    }

    static double[][][] map(double[][][] x, ChannelMap map) {
        double[][][] y = new double[x.length][x[0].length][x[0][0].length];
        for (int c = 0; c < y.length; c++) {
            for (int row = 0; row < y[c].length; row++) {
                for (int column = 0; column < y[c][row].length; column++) {
                    y[c][row][column] = map.apply(c, x[c][row][column]);
                }
            }
        }
        return y;
    }

    static double[][][] convolution(ConvKernel kernel, double[][][] x, int stride) {
        int pad = kernel.size() / 2;
        int height = (x[0].length + 2 * pad - kernel.size()) / stride + 1;
        int width = (x[0][0].length + 2 * pad - kernel.size()) / stride + 1;
        double[][][] y = new double[kernel.outputs()][height][width];
        for (int o = 0; o < y.length; o++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    y[o][row][column] =
                            kernel.bias()[o]
                                    + at(kernel, x, o, row * stride - pad, column * stride - pad);
                }
            }
        }
        return y;
    }

    private static double at(ConvKernel kernel, double[][][] x, int o, int top, int left) {
        int size = kernel.size();
        int firstInput = o / (kernel.outputs() / kernel.groups()) * kernel.inputsPerGroup();
        double sum = 0;
        for (int i = 0; i < kernel.inputsPerGroup(); i++) {
            double[][] plane = x[firstInput + i];
            for (int dy = 0; dy < size; dy++) {
                for (int dx = 0; dx < size; dx++) {
                    int row = top + dy;
                    int column = left + dx;
                    boolean inside =
                            row >= 0
                                    && row < plane.length
                                    && column >= 0
                                    && column < plane[0].length;
                    int weight = ((o * kernel.inputsPerGroup() + i) * size + dy) * size + dx;
                    sum += inside ? kernel.weights()[weight] * plane[row][column] : 0;
                }
            }
        }
        return sum;
    }
}
