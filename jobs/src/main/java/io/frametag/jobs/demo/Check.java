package io.frametag.jobs.demo;

import io.frametag.operators.data.FrameTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares tags with what the clips show: the share of frames in each interval whose top tag is the
 * interval's label. Thread-safe.
 */
final class Check {

    /** Least share at which an interval passes. */
    static final double LEAST_SHARE = 0.95;

    private static final class Count {
        private long frames;
        private long right;
        private final Map<String, Long> wrong = new TreeMap<>();

        private boolean passes() {
            return frames > 0 && right >= LEAST_SHARE * frames;
        }
    }

    private final Map<String, GroundTruth> truths;
    private final Map<String, Map<GroundTruth.Interval, Count>> counts = new TreeMap<>();
    private final Map<String, Long> newest = new TreeMap<>();

    /**
     * @param truths by stream
     */
    Check(Map<String, GroundTruth> truths) {
        this.truths = Map.copyOf(truths);
        truths.forEach(
                (stream, truth) -> {
                    Map<GroundTruth.Interval, Count> byInterval = new LinkedHashMap<>();
                    truth.intervals().forEach(interval -> byInterval.put(interval, new Count()));
                    counts.put(stream, byInterval);
                });
    }

    /** Judges a frame where it lies in an interval. */
    synchronized void accept(FrameTags frame) {
        GroundTruth truth = truths.get(frame.stream());
        if (truth == null) {
            return;
        }
        newest.merge(frame.stream(), frame.sequence(), Math::max);
        truth.at(frame.sequence())
                .ifPresent(interval -> judge(frame, interval, counts.get(frame.stream())));
    }

    private static void judge(
            FrameTags frame,
            GroundTruth.Interval interval,
            Map<GroundTruth.Interval, Count> byInterval) {
        Count count = byInterval.get(interval);
        String top = frame.tags().isEmpty() ? "no tag" : frame.tags().get(0).label();
        count.frames++;
        if (top.equals(interval.label())) {
            count.right++;
        } else {
            count.wrong.merge(top, 1L, Long::sum);
        }
    }

    /** Whether each clip was seen to its end at least once. */
    synchronized boolean sawAll() {
        return truths.entrySet().stream()
                .allMatch(
                        entry ->
                                newest.getOrDefault(entry.getKey(), -1L)
                                        >= entry.getValue().frames());
    }

    /** One line for each clip and interval. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach(
                (stream, byInterval) ->
                        byInterval.forEach(
                                (interval, count) -> lines.add(line(stream, interval, count))));
        return lines;
    }

    private static String line(String stream, GroundTruth.Interval interval, Count count) {
        String result =
                count.frames == 0
                        ? "not seen"
                        : String.format(
                                Locale.ROOT,
                                "%3d of %3d frames, %5.1f %%",
                                count.right,
                                count.frames,
                                100.0 * count.right / count.frames);
        return String.format(
                Locale.ROOT,
                "%-5s %-12s %5.1f s to %5.1f s  %-20s  %s%s",
                count.passes() ? "ok" : "FAIL",
                stream,
                interval.startMillis() / 1000.0,
                interval.endMillis() / 1000.0,
                interval.label(),
                result,
                count.wrong.isEmpty() ? "" : " (else: " + wrong(count) + ")");
    }

    private static String wrong(Count count) {
        List<String> parts = new ArrayList<>();
        count.wrong.forEach((label, frames) -> parts.add(label + " " + frames));
        return String.join(", ", parts);
    }

    /** What failed, such as {@code street 2.2 s to 8.0 s (car)}; empty where all passed. */
    synchronized List<String> failures() {
        List<String> failures = new ArrayList<>();
        counts.forEach(
                (stream, byInterval) ->
                        byInterval.forEach(
                                (interval, count) -> {
                                    if (!count.passes()) {
                                        failures.add(name(stream, interval));
                                    }
                                }));
        return failures;
    }

    private static String name(String stream, GroundTruth.Interval interval) {
        return String.format(
                Locale.ROOT,
                "%s %.1f s to %.1f s (%s)",
                stream,
                interval.startMillis() / 1000.0,
                interval.endMillis() / 1000.0,
                interval.label());
    }
}
