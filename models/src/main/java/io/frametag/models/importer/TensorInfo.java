package io.frametag.models.importer;

import java.util.List;

/**
 * Where a tensor stands in a checkpoint.
 *
 * @param shape outermost dimension first; empty for a scalar
 * @param offset of its first byte in the file
 */
record TensorInfo(String name, ElementType type, List<Long> shape, long offset, long elements) {

    TensorInfo {
        shape = List.copyOf(shape);
    }

    long bytes() {
        return elements * type.bytes();
    }

    int dimension(int index) {
        return Math.toIntExact(shape.get(index));
    }

    int rank() {
        return shape.size();
    }
}
