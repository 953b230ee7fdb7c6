package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;

/**
 * A matrix in int8, symmetric, with a scale for each row, so that a row of small numbers keeps its
 * precision: a number is its level times its row's scale.
 *
 * @param levels from -127 to 127, row by row
 * @param scales by row
 */
record ByteRows(byte[] levels, double[] scales) {

    private static final int MAX_LEVEL = 127;

    /** The nearest to a matrix of that many rows of equal length. */
    static ByteRows of(double[] matrix, int rows) {
        int columns = matrix.length / rows;
        ByteRows result = new ByteRows(new byte[matrix.length], new double[rows]);
        for (int row = 0; row < rows; row++) {
            result.put(row, matrix, row * columns, columns);
        }
        return result;
    }

    /** Sets a row to the nearest to those numbers. */
    void put(int row, double[] numbers, int from, int columns) {
        double largest = 0;
        for (int i = from; i < from + columns; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        // At this size of a level the largest number has the last one.
        scales[row] = largest > 0 ? largest / MAX_LEVEL : 1;
        for (int i = 0; i < columns; i++) {
            levels[row * columns + i] = (byte) Math.rint(numbers[from + i] / scales[row]);
        }
    }

    /** Adds the levels as a constant of shape rows x columns. */
    String write(OnnxGraph graph, String name) throws IOException {
        int rows = scales.length;
        return graph.bytes(name, TensorProto.DataType.INT8, levels, rows, levels.length / rows);
    }

    /** Adds the levels as a constant of shape columns x rows. */
    String writeTransposed(OnnxGraph graph, String name) throws IOException {
        int rows = scales.length;
        int columns = levels.length / rows;
        byte[] transposed = new byte[levels.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = levels[row * columns + column];
            }
        }
        return graph.bytes(name, TensorProto.DataType.INT8, transposed, columns, rows);
    }
}
