package io.frametag.operators.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryTest {

    @Test
    void isParsed() {
        assertThat(Delivery.parse("complete")).isEqualTo(Delivery.complete());
        assertThat(Delivery.parse(" Live ")).isEqualTo(Delivery.freshest());
        assertThat(Delivery.parse("live:500ms"))
                .isEqualTo(Delivery.freshest(Duration.ofMillis(500)));
        assertThat(Delivery.parse("live:2s")).isEqualTo(Delivery.freshest(Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "freshest", "live:", "live:2", "live:0s", "complete:2s"})
    void whatItIsNotIsRefused(String text) {
        assertThatThrownBy(() -> Delivery.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delivery (" + text + ") must be complete, live, or live:2s");
    }

    @Test
    void onlyLiveStreamsHaveALimit() {
        assertThatThrownBy(() -> new Delivery(false, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only live streams");
        assertThatThrownBy(() -> Delivery.freshest(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be >= 1 ms");
    }
}
