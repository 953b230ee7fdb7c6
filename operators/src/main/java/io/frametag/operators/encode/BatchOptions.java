package io.frametag.operators.encode;

import java.io.Serializable;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.flink.annotation.Internal;

/**
 * How frames are put together for one run of the model.
 *
 * @param maxSize most frames of a batch
 * @param maxDelay how long the first frame of a batch waits for others
 * @param decodeThreads threads that decode pictures
 */
@Internal
public record BatchOptions(int maxSize, Duration maxDelay, int decodeThreads)
        implements Serializable {

    public BatchOptions {
        if (maxSize < 1 || decodeThreads < 1 || maxDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "batch of %d frames after %s by %d threads must be >= 1, >= 0 and >= 1"
                            .formatted(maxSize, maxDelay, decodeThreads));
        }
    }

    /** With a thread for each core. */
    public static BatchOptions of(int maxSize, Duration maxDelay) {
        return new BatchOptions(maxSize, maxDelay, Runtime.getRuntime().availableProcessors());
    }

    /**
     * How many slots are run for a batch of {@code count} frames. Every size of a run is laid out
     * in memory by the runtime and slow the first time, so there are few sizes, each at most half
     * as large again as the one before, and each is run once at the start.
     */
    public int bucket(int count) {
        int bucket = 1;
        while (bucket < count) {
            bucket = nextBucket(bucket);
        }
        return Math.min(bucket, maxSize);
    }

    /** All sizes that a run may have, smallest first. */
    public int[] buckets() {
        return IntStream.rangeClosed(1, maxSize).map(this::bucket).distinct().toArray();
    }

    static int nextBucket(int bucket) {
        // 1 2 3 4 6 8 12 16 24 32 ...
        return bucket < 3
                ? bucket + 1
                : Integer.bitCount(bucket) == 2 ? bucket / 3 * 4 : bucket / 2 * 3;
    }
}
