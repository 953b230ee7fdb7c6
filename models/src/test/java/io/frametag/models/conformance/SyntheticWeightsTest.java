package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ImageSize;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check values of the recipe, which are cut after the eighth digit. */
final class SyntheticWeightsTest {

    private static void assertStarts(String name, List<Long> shape, float... expected) {
        SyntheticWeights weights = SyntheticWeights.of(name, shape);
        for (int i = 0; i < expected.length; i++) {
            assertThat(weights.at(i)).as(name).isCloseTo(expected[i], within(1e-8f));
        }
    }

    @Test
    void tensorsStartAsTheRecipeSays() {
        assertStarts(
                "visual.trunk.stem.0.conv_kxk.0.conv.weight",
                List.of(96L, 3L, 3L, 3L),
                -0.28256994f,
                -0.30774638f,
                -0.29583067f,
                0.15362296f);
        assertStarts(
                "visual.trunk.stem.0.conv_kxk.0.bn.running_var",
                List.of(96L),
                1.1760657f,
                0.9364847f,
                1.1990635f);
        assertStarts("text.token_embedding.weight", List.of(49408L, 768L), -0.8694359f, 0.9059926f);
        assertStarts("text.text_projection", List.of(768L, 768L), -0.06246195f, 0.01768525f);
        assertStarts("logit_scale", List.of(), 4.6051702f);
    }

    @Test
    void rolesBoundTheElements() {
        assertThat(SyntheticWeights.of("x.layer_scale.gamma", List.of(8L, 1L, 1L)).at(3))
                .isBetween(0.2f, 0.4f);
        assertThat(SyntheticWeights.of("x.bn.weight", List.of(8L)).at(3)).isBetween(0.8f, 1.2f);
        assertThat(SyntheticWeights.of("x.bias", List.of(8L)).at(3)).isBetween(-0.1f, 0.1f);
    }

    @Test
    void picturesFollowTheirFormulas() {
        ImageSize size = new ImageSize(256, 128);
        assertThat(new SyntheticPicture(0, size).level(1, 10, 20)).isEqualTo((170 ^ 12) & 255);
        assertThat(new SyntheticPicture(1, size).level(0, 0, 0)).isEqualTo(255);
        assertThat(new SyntheticPicture(1, size).level(1, 0, 0)).isZero();
        assertThat(new SyntheticPicture(2, size).level(0, 255, 0)).isEqualTo(255);
        assertThat(new SyntheticPicture(2, size).level(1, 0, 127)).isEqualTo(255);
    }
}
