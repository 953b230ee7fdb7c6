package io.frametag.jobs.bench;

import io.frametag.operators.data.Counts;
import io.frametag.operators.data.StreamStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * What became of the frames that were offered.
 *
 * @param offered how many
 * @param statuses the last of each stream
 * @param tags of each frame that was tagged: when, in milliseconds since the epoch, and its latency
 *     in milliseconds
 */
record OverloadOutcome(
        long offered, Collection<StreamStatus> statuses, List<Tuple2<Long, Long>> tags) {

    /** Whether each frame is tagged, sampled out, dropped or failed, and told once. */
    boolean isComplete() {
        long settled =
                statuses.stream()
                        .mapToLong(
                                s ->
                                        s.tagged()
                                                + s.sampledOut()
                                                + s.droppedTotal()
                                                + s.failedTotal())
                        .sum();
        long in = statuses.stream().mapToLong(StreamStatus::in).sum();
        return settled == offered && in == offered && tagged() == tags.size();
    }

    long tagged() {
        return statuses.stream().mapToLong(StreamStatus::tagged).sum();
    }

    long failed() {
        return statuses.stream().mapToLong(StreamStatus::failedTotal).sum();
    }

    Map<String, Long> dropped() {
        Map<String, Long> all = new TreeMap<>();
        for (StreamStatus status : statuses) {
            all = Counts.plus(all, status.dropped());
        }
        return all;
    }

    /** The latency in milliseconds that this share of the frames tagged does not exceed. */
    long latency(double share) {
        List<Long> sorted = tags.stream().map(tag -> tag.f1).sorted().toList();
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, index));
    }

    /** Frames tagged a second, without those of the first part and the time until then. */
    double rate(double firstPart) {
        int from = (int) (firstPart * tags.size());
        long millis = tags.get(tags.size() - 1).f0 - tags.get(from).f0;
        return 1000.0 * (tags.size() - 1 - from) / Math.max(1, millis);
    }
}
