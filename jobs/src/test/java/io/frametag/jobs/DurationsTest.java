package io.frametag.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"30s,30000", "2m,120000", "1m30s,90000", "500ms,500", "1h,3600000", "' 5s ',5000"})
    void parsesWhatPeopleType(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-5s", "5x", "5s x", "0s", "1.5s"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text + "' is no duration; give one such as 30s, 2m, 1m30s or 500ms");
    }

    @Test
    void formatsForReading() {
        assertThat(Durations.format(Duration.ofMillis(4_230))).isEqualTo("4.2 s");
        assertThat(Durations.format(Duration.ofSeconds(65))).isEqualTo("1 min 5 s");
        assertThat(Durations.format(Duration.ofMinutes(61))).isEqualTo("1 h 1 min");
    }
}
