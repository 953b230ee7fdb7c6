package io.frametag.jobs;

/**
 * Latencies counted to the millisecond up to a minute, in a fixed space; what is longer counts as a
 * minute, what is negative (clocks that disagree) as 0. Not thread-safe.
 */
public final class Latencies {

    private static final int MAX_MILLIS = 60_000;

    private final int[] counts = new int[MAX_MILLIS + 1];
    private long total;

    public void add(long millis) {
        counts[(int) Math.max(0, Math.min(MAX_MILLIS, millis))]++;
        total++;
    }

    /** Undoes one {@link #add}. */
    public void remove(long millis) {
        counts[(int) Math.max(0, Math.min(MAX_MILLIS, millis))]--;
        total--;
    }

    public long count() {
        return total;
    }

    /**
     * The smallest latency that at least this share of all does not exceed, in milliseconds; -1
     * where there is none.
     *
     * @param share above 0, at most 1
     */
    public long percentile(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int millis = 0; millis <= MAX_MILLIS; millis++) {
            seen += counts[millis];
            if (seen >= wanted) {
                return millis;
            }
        }
        return -1;
    }
}
