package io.frametag.models.importer;

import static io.frametag.models.importer.OnnxGraph.attribute;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map of features in a graph, to be had in both layouts. The one that it was not made in is
 * transposed from the other when it is first asked for, and only once.
 */
final class Feature {

    private final OnnxGraph graph;
    private final int channels;
    private final int height;
    private final int width;
    private @Nullable String channelsFirst;
    private @Nullable String channelsLast;

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
            channelsFirst = transposed(channelsLast, 0, 3, 1, 2);
        }
        return channelsFirst;
    }

    /** The value of shape batch x height x width x channels. */
    String channelsLast() {
        if (channelsLast == null) {
            channelsLast = transposed(channelsFirst, 0, 2, 3, 1);
        }
        return channelsLast;
    }

    private String transposed(@Nullable String value, long... order) {
        String known = Objects.requireNonNull(value, "a feature has a value");
        return graph.node("Transpose", List.of(known), attribute("perm", order));
    }
}
