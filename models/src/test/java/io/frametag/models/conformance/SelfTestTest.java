package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelException;
import io.frametag.models.TestingModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelfTestTest {

    @TempDir Path folder;

    @Test
    void aModelThatWorksPasses() throws Exception {
        EncoderOptions options = EncoderOptions.defaults().withIntraOpThreads(1);
        SelfTest.run(TestingModels.create(folder), options);
    }

    private static void refused(String reason, float[]... embeddings) {
        assertThatThrownBy(() -> SelfTest.check("image encoder", embeddings))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("the image encoder", reason);
    }

    @Test
    void whatNoEmbeddingCanBeIsRefused() {
        float[] good = {0.6f, 0.8f};
        refused("of length NaN, not 1", good, new float[] {Float.NaN, 0});
        refused("of length Infinity, not 1", good, new float[] {Float.POSITIVE_INFINITY, 0});
        refused("of length 0.0, not 1", good, new float[] {0, 0});
        refused("the same embedding for different inputs", good, good.clone());
        assertThatCode(() -> SelfTest.check("text encoder", new float[][] {good, {0, 1}}))
                .doesNotThrowAnyException();
    }
}
