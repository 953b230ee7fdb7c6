package io.frametag.connectors.video;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What went wrong with one live stream, as metrics. For the thread that hands its frames on. */
record LiveMetrics(
        Counter reconnects,
        Counter stalls,
        Counter corrupt,
        Counter jumps,
        Counter abandonedGrabs) {

    static LiveMetrics of(MetricGroup source, String stream) {
        MetricGroup group = source.addGroup("camera", stream);
        return new LiveMetrics(
                group.counter("reconnects"),
                group.counter("stalls"),
                group.counter("corrupt"),
                group.counter("timestampJumps"),
                group.counter("abandonedGrabs"));
    }
}
