package io.frametag.connectors.video;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a camera is opened again: a random time up to a bound that doubles with
 * each failure in a row, so that a thousand cameras behind one switch don't come back at once. For
 * one thread.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration most;
    private final Duration refused;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration most, Duration refused, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.refused = refused;
        this.random = random;
    }

    /** The wait after one more failure. */
    Duration afterFailure() {
        long bound = first.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        failures++;
        return jittered(Math.min(bound, most.toMillis()));
    }

    /** The wait where someone has to change something first: nearly all of it is fixed. */
    Duration afterRefusal() {
        long fixed = refused.toMillis() * 9 / 10;
        return Duration.ofMillis(fixed).plus(jittered(refused.toMillis() - fixed));
    }

    private Duration jittered(long millis) {
        return Duration.ofMillis(random.nextLong(millis + 1));
    }

    /** The stream was up for a while. */
    void reset() {
        failures = 0;
    }
}
