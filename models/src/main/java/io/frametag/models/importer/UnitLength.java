package io.frametag.models.importer;

import java.io.IOException;
import java.util.List;

/** Scales the rows of a value of shape batch x size to unit length. */
final class UnitLength {

    /** PyTorch's bound, below which a row is not scaled up. */
    private static final double MIN_LENGTH = 1e-12;

    private UnitLength() {}

    static String of(OnnxGraph graph, String rows) throws IOException {
        String length = graph.node("ReduceL2", List.of(rows, graph.longs(1)));
        String least = graph.floats("min_length", new double[] {MIN_LENGTH}, 1);
        return graph.node("Div", List.of(rows, graph.node("Max", List.of(length, least))));
    }
}
