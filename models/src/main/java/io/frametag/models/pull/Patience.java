package io.frametag.models.pull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a server is waited for.
 *
 * @param connect until a connection stands
 * @param answer until an answer begins
 * @param stall between two pieces of a file
 * @param retries in a row that bring nothing, before a download is given up
 * @param pause what is done before each retry
 */
record Patience(Duration connect, Duration answer, Duration stall, int retries, Pause pause) {

    /** Waits before a retry; the first is number 1. */
    @FunctionalInterface
    interface Pause {
        void before(int retry) throws InterruptedException;
    }

    /** Bounds a server that breaks off after each byte. */
    static final int MAX_TRIES = 200;

    static Patience defaults() {
        return new Patience(
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                5,
                retry -> TimeUnit.SECONDS.sleep(1L << Math.min(retry - 1, 5)));
    }
}
