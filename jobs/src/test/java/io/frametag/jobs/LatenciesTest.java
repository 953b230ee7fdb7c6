package io.frametag.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesEqualThoseOfTheSortedList() {
        long[] values = new Random(7).longs(1_001, 0, 5_000).toArray();
        Latencies latencies = new Latencies();
        LongStream.of(values).forEach(latencies::add);

        long[] sorted = LongStream.of(values).sorted().toArray();
        assertThat(latencies.percentile(0.5)).isEqualTo(sorted[500]);
        assertThat(latencies.percentile(0.95)).isEqualTo(sorted[950]);
        assertThat(latencies.percentile(1)).isEqualTo(sorted[1_000]);
    }

    @Test
    void nothingHasNoPercentile() {
        Latencies latencies = new Latencies();
        latencies.add(5);
        latencies.remove(5);

        assertThat(latencies.count()).isZero();
        assertThat(latencies.percentile(0.5)).isEqualTo(-1);
    }

    @Test
    void outliersCountAtTheEnds() {
        Latencies latencies = new Latencies();
        latencies.add(-3);
        latencies.add(1_000_000);

        assertThat(latencies.percentile(0.5)).isZero();
        assertThat(latencies.percentile(1)).isEqualTo(60_000);
    }
}
