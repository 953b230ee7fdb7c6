package io.frametag.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class MemoryTrendTest {

    @Test
    void theFirstHalfDoesNotCount() {
        MemoryTrend trend = new MemoryTrend();
        for (int i = 0; i < 50; i++) {
            trend.add(1_000 + 100 * i);
        }
        for (int i = 0; i < 50; i++) {
            trend.add(10_000 + i % 2);
        }

        assertThat(trend.lastHalfGrowth()).isCloseTo(0, within(1e-3));
    }

    @Test
    void steadyGrowthIsTold() {
        MemoryTrend trend = new MemoryTrend();
        for (int i = 0; i < 101; i++) {
            trend.add(100_000 + 1_000 * i);
        }

        assertThat(trend.lastHalfGrowth()).isCloseTo(50.0 / 150, within(1e-6));
    }

    @Test
    void oneSpikeIsNoGrowth() {
        MemoryTrend trend = new MemoryTrend();
        for (int i = 0; i < 200; i++) {
            trend.add(i == 150 ? 200_000 : 100_000);
        }

        assertThat(trend.lastHalfGrowth()).isCloseTo(0, within(0.01));
    }
}
