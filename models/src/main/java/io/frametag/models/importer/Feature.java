package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of features in a graph, to be had in both layouts. The one that it was not made in is
 * transposed from the other when it is first asked for, and only once. A sum is not even added up
 * before that, since some layers are faster on its terms.
 */
final class Feature {

    private final OnnxGraph graph;
    private final int channels;
    private final int height;
    private final int width;
    private @Nullable String channelsFirst;
    private @Nullable String channelsLast;
    private List<Feature> terms = List.of();

    private Feature(OnnxGraph graph, int channels, int height, int width) {
        this.graph = graph;
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /** A value of shape batch x channels x height x width. */
    static Feature channelsFirst(
            OnnxGraph graph, String name, int channels, int height, int width) {
        Feature feature = new Feature(graph, channels, height, width);
        feature.channelsFirst = name;
        return feature;
    }

    /** A value of shape batch x height x width x channels. */
    static Feature channelsLast(OnnxGraph graph, String name, int channels, int height, int width) {
        Feature feature = new Feature(graph, channels, height, width);
        feature.channelsLast = name;
        return feature;
    }

    /** The sum of two features of one shape. */
    static Feature sum(OnnxGraph graph, Feature a, Feature b) {
        Feature feature = new Feature(graph, a.channels, a.height, a.width);
        feature.terms = List.of(a, b);
        return feature;
    }

    /** What this is the sum of; empty if it is no sum. */
    List<Feature> terms() {
        return terms;
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** The value of shape batch x channels x height x width. */
    String channelsFirst() {
        if (channelsFirst == null) {
            channelsFirst = transposed(channelsLast(), 0, 3, 1, 2);
        }
        return channelsFirst;
    }

    /** The value of shape batch x height x width x channels. */
    String channelsLast() {
        if (channelsLast == null) {
            channelsLast =
                    channelsFirst != null
                            ? transposed(channelsFirst, 0, 2, 3, 1)
                            : graph.node("Add", terms.stream().map(Feature::channelsLast).toList());
        }
        return channelsLast;
    }

    private String transposed(String value, long... order) {
        return graph.node("Transpose", List.of(value), attribute("perm", order));
    }
}
