package io.frametag.models.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InterleavedRoundsTest {

    /** Gives the rates it was told, one a round, and notes its turns. */
    private record TestingContender(String name, List<Double> rates, List<String> turns)
            implements Contender {

        @Override
        public double framesPerSecond() {
            turns.add(name);
            return rates.remove(0);
        }
    }

    @Test
    void roundsGoForwardsAndBackwardsAndRatiosAreOfTheSameRound() throws Exception {
        List<String> turns = new ArrayList<>();
        List<Contender> contenders =
                List.of(
                        new TestingContender("base", new ArrayList<>(List.of(10.0, 5.0)), turns),
                        new TestingContender("ours", new ArrayList<>(List.of(20.0, 5.0)), turns));

        List<ComparisonRow> rows = InterleavedRounds.run(contenders, 2, step -> {});

        assertThat(turns).containsExactly("base", "ours", "ours", "base");
        assertThat(rows.get(0).ratio()).isEqualTo(new Spread(1, 1, 1));
        assertThat(rows.get(1).ratio()).isEqualTo(new Spread(1.5, 1, 2));
        assertThat(rows.get(1).framesPerSecond()).isEqualTo(new Spread(12.5, 5, 20));
    }

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTwo() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
        assertThatThrownBy(Spread::of).hasMessageContaining("at least one");
    }

    @Test
    void lanesRunAtOnceAndTheirRatesAddUp() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Lanes.Run run = () -> together.await(30, TimeUnit.SECONDS);

        double rate = new Lanes("two", List.of(run, run), 3, Duration.ZERO).framesPerSecond();

        assertThat(rate).isPositive();
        assertThat(together.isBroken()).isFalse();
    }

    @Test
    void aRunThatFailsEndsTheMeasurement() {
        Lanes.Run failing =
                () -> {
                    throw new IllegalStateException("no memory");
                };
        Lanes lanes = new Lanes("one", List.of(failing), 1, Duration.ZERO);

        assertThatThrownBy(lanes::framesPerSecond)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no memory");
    }
}
