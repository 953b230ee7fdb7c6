package io.frametag.connectors.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The number on a picture, of any size that a damaged stream may claim. */
final class TestPatternTest {

    @Test
    void theNumberIsLookedForWithinThePictureHoweverSmall() {
        for (int size = 1; size <= 64; size++) {
            int bound = size;
            TestPattern.numberOn(
                    size,
                    size,
                    (x, y) -> {
                        assertThat(x).isBetween(0, bound - 1);
                        assertThat(y).isBetween(0, bound - 1);
                        return 0;
                    });
        }
    }
}
