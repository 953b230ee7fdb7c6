package io.frametag.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the memory of this process grows: its resident memory, read at even steps. Only Linux tells
 * it; elsewhere there are no samples. Used by one thread.
 */
final class MemoryTrend {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final List<Long> kilobytes = new ArrayList<>();

    /** Reads it now. */
    void sample() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(RESIDENT)) {
                add(Long.parseLong(line.replaceAll("\\D", "")));
            }
        }
    }

    void add(long kilobytesNow) {
        kilobytes.add(kilobytesNow);
    }

    boolean isEmpty() {
        return kilobytes.isEmpty();
    }

    long lastMegabytes() {
        return kilobytes.get(kilobytes.size() - 1) / 1024;
    }

    /**
     * By which part of itself memory grew over the last half: the straight line of least squares
     * through its samples, at its end against its begin. Below zero where it shrank.
     */
    double lastHalfGrowth() {
        List<Long> half = kilobytes.subList(kilobytes.size() / 2, kilobytes.size());
        int count = half.size();
        if (count < 2) {
            return 0;
        }
        double middle = (count - 1) / 2.0;
        double mean = half.stream().mapToLong(Long::longValue).average().orElseThrow();
        double slope = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            slope += (i - middle) * (half.get(i) - mean);
            squares += (i - middle) * (i - middle);
        }
        slope /= squares;
        double begin = mean - slope * middle;
        return slope * (count - 1) / begin;
    }
}
