package io.frametag.models;

import java.time.Duration;
import java.util.Objects;

/**
 * How encoders run. Immutable.
 *
 * @param intraOpThreads threads that one run is spread over; default: the cores of the JVM
 * @param spinning whether these threads wait for work by spinning, which on idle cores shortens a
 *     run by some microseconds per operator; default: off, since here the same cores decode
 *     pictures, and a run on two such cores took twice as long with it (MobileCLIP2-S0 at 256x256:
 *     96 ms with, 49 ms without)
 * @param closeTimeout how long {@code close} waits for running calls before it tells them to stop,
 *     and again before it gives up; default: 30 seconds
 */
public record EncoderOptions(int intraOpThreads, boolean spinning, Duration closeTimeout) {

    public EncoderOptions {
        Objects.requireNonNull(closeTimeout, "closeTimeout");
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException(
                    "intraOpThreads (" + intraOpThreads + ") must be >= 1");
        }
        if (closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException("closeTimeout (" + closeTimeout + ") must be > 0");
        }
    }

    public static EncoderOptions defaults() {
        return new EncoderOptions(
                Runtime.getRuntime().availableProcessors(), false, Duration.ofSeconds(30));
    }

    public EncoderOptions withIntraOpThreads(int threads) {
        return new EncoderOptions(threads, spinning, closeTimeout);
    }

    public EncoderOptions withSpinning(boolean on) {
        return new EncoderOptions(intraOpThreads, on, closeTimeout);
    }

    public EncoderOptions withCloseTimeout(Duration timeout) {
        return new EncoderOptions(intraOpThreads, spinning, timeout);
    }
}
