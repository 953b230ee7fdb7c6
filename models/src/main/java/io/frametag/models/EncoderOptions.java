package io.frametag.models;

import java.time.Duration;
import java.util.Objects;

/**
 * How encoders run. Immutable.
 *
 * <p>Runs on one encoder may overlap. Each computes on the thread that calls it, and all share the
 * session's own {@code intraOpThreads - 1} threads. So {@code lanes} calls at a time keep {@code
 * lanes + intraOpThreads - 1} cores busy: a core that computes a whole run alone waits for no
 * other, which gives the most frames per second; a run that is spread over many threads is done
 * sooner.
 *
 * @param lanes calls at a time that the encoder is laid out for; more are allowed
 * @param intraOpThreads threads that one run is spread over, the calling one included
 * @param spinning whether these threads wait for work by spinning, which on idle cores shortens a
 *     run by some microseconds per operator; default: off, since here the same cores decode
 *     pictures, and a run on two such cores took twice as long with it (MobileCLIP2-S0 at 256x256:
 *     96 ms with, 49 ms without)
 * @param closeTimeout how long {@code close} waits for running calls before it tells them to stop,
 *     and again before it gives up; default: 30 seconds
 * @param provider what image encoders run on; text encoders run on the processor: prompts are few
 * @param device which of the provider's devices, from 0
 */
public record EncoderOptions(
        int lanes,
        int intraOpThreads,
        boolean spinning,
        Duration closeTimeout,
        ExecutionProvider provider,
        int device) {

    /** Each lane holds the activations of its own run, so their number is not that of the cores. */
    private static final int MOST_LANES_BY_DEFAULT = 4;

    public EncoderOptions {
        Objects.requireNonNull(closeTimeout, "closeTimeout");
        Objects.requireNonNull(provider, "provider");
        if (device < 0) {
            throw new IllegalArgumentException("device (" + device + ") must be >= 0");
        }
        if (lanes < 1) {
            throw new IllegalArgumentException("lanes (" + lanes + ") must be >= 1");
        }
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException(
                    "intraOpThreads (" + intraOpThreads + ") must be >= 1");
        }
        if (closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException("closeTimeout (" + closeTimeout + ") must be > 0");
        }
    }

    /** One run at a time, spread over the cores of the JVM. */
    public static EncoderOptions defaults() {
        return oneLane(Runtime.getRuntime().availableProcessors());
    }

    private static EncoderOptions oneLane(int threads) {
        return new EncoderOptions(
                1, threads, false, Duration.ofSeconds(30), ExecutionProvider.CPU, 0);
    }

    /** Several runs at a time on so many cores, at most four: for throughput. */
    public static EncoderOptions inLanes(int cores) {
        return oneLane(cores).withLanes(Math.min(cores, MOST_LANES_BY_DEFAULT), cores);
    }

    /** So many runs at a time that together keep {@code cores} cores busy. */
    public EncoderOptions withLanes(int count, int cores) {
        int threads = Math.max(1, cores - count + 1);
        return new EncoderOptions(count, threads, spinning, closeTimeout, provider, device);
    }

    public EncoderOptions withIntraOpThreads(int threads) {
        return new EncoderOptions(lanes, threads, spinning, closeTimeout, provider, device);
    }

    public EncoderOptions withSpinning(boolean on) {
        return new EncoderOptions(lanes, intraOpThreads, on, closeTimeout, provider, device);
    }

    public EncoderOptions withCloseTimeout(Duration timeout) {
        return new EncoderOptions(lanes, intraOpThreads, spinning, timeout, provider, device);
    }

    /** On that device; lanes and threads stay as they are. */
    public EncoderOptions withProvider(ExecutionProvider other, int index) {
        return new EncoderOptions(lanes, intraOpThreads, spinning, closeTimeout, other, index);
    }
}
