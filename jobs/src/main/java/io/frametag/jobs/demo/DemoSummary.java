package io.frametag.jobs.demo;

import io.frametag.jobs.Accounts;
import io.frametag.jobs.Durations;
import io.frametag.operators.data.StreamStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the demo went, out of what came from Kafka. */
final class DemoSummary {

    private DemoSummary() {}

    /**
     * @param processStart when the command was given, so that the time to the first tag is what a
     *     user waits
     * @param played for how long the cameras ran
     */
    static List<String> lines(Board board, Optional<Instant> processStart, Duration played) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Cameras ran for "
                        + Durations.format(played)
                        + firstTag(board.firstTagMillis(), processStart)
                        + ".");
        if (board.tagged() > 0) {
            lines.add(
                    "Latency from frame time to Kafka: p50 "
                            + board.latencyPercentile(0.5)
                            + " ms, p95 "
                            + board.latencyPercentile(0.95)
                            + " ms, p99 "
                            + board.latencyPercentile(0.99)
                            + " ms, over "
                            + board.tagged()
                            + " frames.");
        }
        List<StreamStatus> statuses = board.statuses();
        lines.add("");
        Accounts accounts = new Accounts(statuses);
        lines.addAll(accounts.lines());
        lines.addAll(accounts.errors());
        long tagged = statuses.stream().mapToLong(StreamStatus::tagged).sum();
        if (tagged != board.tagged()) {
            lines.add(
                    "The tags topic has "
                            + board.tagged()
                            + " frames, not the "
                            + tagged
                            + " that were counted as tagged.");
        }
        return lines;
    }

    private static String firstTag(long firstTagMillis, Optional<Instant> processStart) {
        if (firstTagMillis < 0) {
            return "; no frame got a tag";
        }
        return processStart
                .map(start -> Duration.between(start, Instant.ofEpochMilli(firstTagMillis)))
                .map(
                        wait ->
                                "; the first tag was on Kafka "
                                        + Durations.format(wait)
                                        + " after the command was given")
                .orElse("");
    }
}
