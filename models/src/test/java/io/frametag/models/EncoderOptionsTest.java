package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncoderOptionsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 1", "4, 4, 1", "6, 4, 3", "16, 4, 13"})
    void lanesAndSharedThreadsAreAsManyAsTheCores(int cores, int lanes, int threads) {
        EncoderOptions options = EncoderOptions.inLanes(cores);

        assertThat(options.lanes()).isEqualTo(lanes);
        assertThat(options.intraOpThreads()).isEqualTo(threads);
    }

    @Test
    void moreLanesThanCoresHaveAThreadEach() {
        assertThat(EncoderOptions.inLanes(2).withLanes(3, 2).intraOpThreads()).isEqualTo(1);
        assertThat(EncoderOptions.inLanes(8).withLanes(1, 8).intraOpThreads()).isEqualTo(8);
    }

    @Test
    void byDefaultOneRunHasAllCores() {
        assertThat(EncoderOptions.defaults().lanes()).isEqualTo(1);
        assertThat(EncoderOptions.defaults().intraOpThreads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThatThrownBy(() -> EncoderOptions.defaults().withLanes(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lanes (0) must be >= 1");
    }
}
