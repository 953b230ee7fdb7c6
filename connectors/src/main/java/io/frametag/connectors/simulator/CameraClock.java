package io.frametag.connectors.simulator;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time of day on the cameras' one clock, read once: a change of the machine's own would look
 * like a jump.
 *
 * @param startNanos of {@link System#nanoTime} when the cameras started
 * @param startEpochNanos since 1970, at the same time
 */
record CameraClock(long startNanos, long startEpochNanos) {

    static CameraClock start() {
        Instant now = Instant.now();
        return new CameraClock(
                System.nanoTime(), TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    long epochNanos(long nanos) {
        return startEpochNanos + nanos - startNanos;
    }
}
