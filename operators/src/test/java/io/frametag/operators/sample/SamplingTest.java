package io.frametag.operators.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2fps | 2",
                "0.5fps | 0.5",
                ".5fps | 0.5",
                "10s | 0.1",
                "500ms | 2",
                "2m | 0.00833333333333333333",
                "1h | 0.000277777777777777777",
                "ALL | Infinity"
            })
    void ratesAndIntervalsAreParsed(String text, double framesPerSecond) {
        assertThat(Sampling.parse(text)).isEqualTo(new Sampling(framesPerSecond));
    }

    @Test
    void motionIsParsedAloneAndBehindARate() {
        assertThat(Sampling.parse("motion")).isEqualTo(Sampling.all().onMotion(Motion.defaults()));
        assertThat(Sampling.parse("2fps+motion:1.5%"))
                .isEqualTo(new Sampling(2, new Motion(0.015, Duration.ofSeconds(10))));
        assertThat(Sampling.parse("10s+motion:0%:1m"))
                .isEqualTo(new Sampling(0.1, new Motion(0, Duration.ofMinutes(1))));
        assertThat(Sampling.parse("all+motion:250ms"))
                .isEqualTo(Sampling.all().onMotion(new Motion(0.005, Duration.ofMillis(250))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "often",
                "0fps",
                "-1fps",
                "0s",
                "10",
                "2fps+",
                "+motion",
                "2fps+10s",
                "motion+2fps",
                "motion:100%",
                "motion:5",
                "motion:1%:0s",
                "motion:1%:10s:1",
                "2fps+motion+motion",
                "motion:%",
                "1e3fps"
            })
    void whatIsNoneOfTheseIsRefusedWithTheRule(String text) {
        assertThatThrownBy(() -> Sampling.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampling (" + text + ") must be " + Sampling.RULE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "2fps",
                "0.3fps",
                "29.97fps",
                "3s",
                "10s+motion",
                "motion:0.25%:30s",
                "7ms"
            })
    void itsTextIsReadAsTheSame(String text) {
        Sampling sampling = Sampling.parse(text);

        assertThat(Sampling.parse(sampling.toText())).isEqualTo(sampling);
    }

    @Test
    void anIntervalWithoutAnExactRateIsKeptToTheMillisecond() {
        Sampling sampling = Sampling.parse("3s");
        long epoch = 3_000L * 590_000_000;

        for (long n = 0; n < 1_000; n++) {
            long first = epoch + 3_000 * n;
            assertThat(sampling.interval(first)).isEqualTo(590_000_000 + n);
            assertThat(sampling.interval(first - 1)).isEqualTo(590_000_000 + n - 1);
        }
    }

    @Test
    void theRateOfASamplingWithMotionKeepsWhatTheRateAloneKeeps() {
        Sampling sampling = Sampling.parse("2fps+motion");

        assertThat(sampling.byRate()).isEqualTo(new Sampling(2));
        assertThat(sampling.keeps(499, sampling.interval(0))).isFalse();
        assertThat(sampling.keeps(500, sampling.interval(0))).isTrue();
        assertThat(Sampling.parse("motion").keepsEveryRate()).isTrue();
    }
}
