package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CosineTest {

    @Test
    void isThatOfTheAngleBetween() {
        assertThat(Cosine.of(new float[] {1, 0}, new float[] {0.6f, 0.8f}))
                .isCloseTo(0.6, within(1e-6));
        assertThat(Cosine.of(new float[] {1, 0}, new float[] {-1, 0})).isEqualTo(-1);
    }

    @Test
    void theNearestIsTheMostAlikeAndTheFirstOfEquals() {
        float[][] others = {{0, 1}, {0.8f, 0.6f}, {0.8f, 0.6f}, {-1, 0}};

        assertThat(Cosine.nearest(new float[] {1, 0}, others)).isEqualTo(1);
    }
}
