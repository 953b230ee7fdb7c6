package io.frametag.models.importer;

import java.io.IOException;
import java.util.List;

/** Scales the rows of a value of shape batch x size to unit length. */
final class UnitLength {

    /** PyTorch's bound, below which a row is not scaled up. */
    private static final double MIN_LENGTH = 1e-12;

    private UnitLength() {}

    /** In float32, whatever the graph computes in: squares would pass the range of float16. */
    static String of(OnnxGraph graph, String embeddings) throws IOException {
        String rows = graph.single(embeddings);
        String length = graph.node("ReduceL2", List.of(rows, graph.longs(1)));
        String least = graph.singles("min_length", new double[] {MIN_LENGTH}, 1);
        return graph.node("Div", List.of(rows, graph.node("Max", List.of(length, least))));
    }
}
