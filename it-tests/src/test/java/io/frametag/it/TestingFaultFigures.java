package io.frametag.it;

import io.frametag.connectors.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What faults cost, worst case by worst case, and which bounds were broken. Thread-safe. */
final class TestingFaultFigures {

    private static final Duration NOTICED = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration ENDED = Duration.ofSeconds(5);
    private static final double LOST = 0.05;

    private final Map<Fault, Row> rows = new EnumMap<>(Fault.class);
    private final List<String> broken = new ArrayList<>();
    private int endings;
    private Duration latestEnding = Duration.ZERO;

    private static final class Row {
        int cycles;
        Duration noticed = Duration.ZERO;
        Duration again = Duration.ZERO;
        long came;
        long lost;

        double share() {
            return came + lost == 0 ? 0 : (double) lost / (came + lost);
        }
    }

    /**
     * One fault of one camera.
     *
     * @param came frames of the cameras that were well meanwhile
     * @param lost those that did not come
     */
    synchronized void cycle(Fault fault, Duration noticed, Duration again, long came, long lost) {
        Row row = rows.computeIfAbsent(fault, f -> new Row());
        row.cycles++;
        row.noticed = max(row.noticed, noticed);
        row.again = max(row.again, again);
        row.came += came;
        row.lost += lost;
        check(noticed.compareTo(NOTICED) <= 0, fault + " was noticed after " + noticed);
        check(again.compareTo(AGAIN) <= 0, "frames were there again after " + again + ": " + fault);
    }

    synchronized void ending(String what, Duration took) {
        endings++;
        latestEnding = max(latestEnding, took);
        check(took.compareTo(ENDED) <= 0, what + " took " + took);
    }

    synchronized void check(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /** What did not hold, losses of the others over all included. */
    synchronized List<String> broken() {
        rows.forEach(
                (fault, row) ->
                        check(row.share() < LOST, fault + " cost others " + 100 * row.share()));
        return List.copyOf(broken);
    }

    synchronized int cycles() {
        return rows.values().stream().mapToInt(row -> row.cycles).sum();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder();
        String line = "%-18s %6s %11s %9s %12s%n";
        table.append(line.formatted("fault", "cycles", "noticed ms", "again ms", "others lost"));
        rows.forEach(
                (fault, row) ->
                        table.append(
                                line.formatted(
                                        fault.id(),
                                        row.cycles,
                                        row.noticed.toMillis(),
                                        row.again.toMillis(),
                                        "%.2f %%".formatted(100 * row.share()))));
        table.append(
                "%d ends of the job, the longest %d ms"
                        .formatted(endings, latestEnding.toMillis()));
        return table.toString();
    }
}
