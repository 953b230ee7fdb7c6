package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SamplingProbeTest {

    private static final Sampling ALL = Sampling.all();

    @TempDir Path folder;

    @Test
    void eachWayGivesEveryFrameAnEmbeddingAndSparesTheModelSome() throws Exception {
        Path video =
                TestingVideos.of(60)
                        .encoder("libopenh264", 0)
                        .keyframeEvery(12)
                        .write(folder.resolve("video.mp4"));
        ModelFolder nano = ModelStore.at(folder.resolve("store")).open(ModelStore.NANO);
        try (SamplingProbe probe = SamplingProbe.open(video.toString(), 50, nano)) {
            SamplingProbe.Outcome all = probe.run(new SamplingProbe.Way(false, ALL, 0));
            assertThat(all.embeddings()).hasSize(50);
            assertThat(all.encoded()).isEqualTo(50);

            SamplingProbe.Outcome keyframes = probe.run(new SamplingProbe.Way(true, ALL, 0));
            assertThat(keyframes.embeddings()).hasSize(50);
            assertThat(keyframes.encoded()).isEqualTo(5);
            assertThat(keyframes.embeddings().get(24)).isEqualTo(all.embeddings().get(24));
            assertThat(keyframes.embeddings().get(35)).isEqualTo(all.embeddings().get(24));

            SamplingProbe.Outcome rate =
                    probe.run(new SamplingProbe.Way(false, Sampling.parse("5fps"), 0));
            assertThat(rate.embeddings()).hasSize(50);
            assertThat(rate.encoded()).isEqualTo(10);

            // The brightness of the frames grows by two levels with each: by nine in five frames.
            SamplingProbe.Outcome motion =
                    probe.run(new SamplingProbe.Way(false, Sampling.parse("motion:50%:1h"), 0));
            assertThat(motion.embeddings()).hasSize(50);
            assertThat(motion.encoded()).isBetween(8, 12);

            SamplingProbe.Outcome reused = probe.run(new SamplingProbe.Way(false, ALL, 0.5));
            assertThat(reused.embeddings()).hasSize(50);
            assertThat(reused.encoded()).isBetween(14, 25);
        }
    }
}
