package io.frametag.models.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelFolder;
import io.frametag.models.TestingModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncoderBenchmarkTest {

    private final AtomicLong clock = new AtomicLong();
    private final List<String> order = new ArrayList<>();

    private InterleavedRounds.Work work(String name, Duration length) {
        return () -> {
            order.add(name);
            clock.addAndGet(length.toNanos());
        };
    }

    @Test
    void roundsInterleaveAndTurnRound() throws Exception {
        List<InterleavedRounds.Work> works =
                List.of(
                        work("a", Duration.ofMillis(10)),
                        work("b", Duration.ofMillis(4)),
                        work("c", Duration.ofMillis(20)));
        AtomicInteger rounds = new AtomicInteger();
        double[][] seconds =
                new InterleavedRounds(works, Duration.ofMillis(10), clock::get)
                        .run(2, rounds::incrementAndGet);
        assertThat(order).containsExactly("a", "b", "b", "b", "c", "c", "b", "b", "b", "a");
        assertThat(rounds).hasValue(2);
        assertThat(seconds[0]).containsExactly(new double[] {0.01, 0.01}, within(1e-9));
        assertThat(seconds[1]).containsExactly(new double[] {0.004, 0.004}, within(1e-9));
        assertThat(seconds[2]).containsExactly(new double[] {0.02, 0.02}, within(1e-9));
    }

    @Test
    void rowsTellMedianAndSpread() {
        BenchmarkRow odd = BenchmarkRow.of(4, new double[] {0.5, 0.1, 0.2});
        assertThat(odd.framesPerSecond()).isEqualTo(20);
        assertThat(odd.slowest()).isEqualTo(8);
        assertThat(odd.fastest()).isEqualTo(40);
        assertThat(odd.millisPerBatch()).isEqualTo(200);
        BenchmarkRow even = BenchmarkRow.of(1, new double[] {0.1, 0.3});
        assertThat(even.framesPerSecond()).isCloseTo(5, within(1e-9));
    }

    @Test
    void anEncoderIsMeasuredAtEachBatchSize(@TempDir Path folder) throws Exception {
        ModelFolder model = TestingModels.create(folder);
        EncoderOptions options = EncoderOptions.defaults().withIntraOpThreads(1);
        List<BenchmarkRow> rows =
                EncoderBenchmark.run(
                        model, options, List.of(1, 3), 2, Duration.ofMillis(1), () -> {});
        assertThat(rows).extracting(BenchmarkRow::batchSize).containsExactly(1, 3);
        assertThat(rows).allMatch(row -> row.slowest() > 0 && row.fastest() >= row.slowest());
        assertThatThrownBy(
                        () ->
                                EncoderBenchmark.run(
                                        model, options, List.of(0), 1, Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
