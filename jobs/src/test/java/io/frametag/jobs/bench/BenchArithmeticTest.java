package io.frametag.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ImageSize;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.models.picture.PictureDecoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchArithmeticTest {

    @Test
    void labelsAndEmbeddingsAreComparedWhereBothAreThere() {
        float[][] labels = {{1, 0}, {0, 1}};
        List<float[]> own =
                List.of(new float[] {1, 0}, new float[] {0.6f, 0.8f}, new float[] {0, 1});
        List<float[]> taken = List.of(new float[0], new float[] {1, 0}, new float[] {0, 1});

        assertThat(SamplingBenchmark.sameLabel(own, own, labels)).isEqualTo(1);
        assertThat(SamplingBenchmark.sameLabel(own, taken, labels)).isEqualTo(0.5);
        assertThat(SamplingBenchmark.meanCosine(own, taken)).isEqualTo(0.8, within(1e-6));
    }

    @Test
    void decodingOnTheSameCoresTakesItsShare() {
        // 8 frames take 1 s of two cores to encode, and 0.1 s of both to prepare at 40 a second.
        assertThat(ChainBenchmark.shareLeft(8, 40, 2)).isEqualTo(1 / 1.1, within(1e-9));
    }

    @Test
    void batchesAreComparedWithThoseOfTheirOwnSize() {
        double[] seconds = {1, 10, 2, 20, 9, 30};

        double[] medians = StallBenchmark.medians(seconds, 2);

        assertThat(medians).containsExactly(2, 20);
        assertThat(StallBenchmark.slowest(seconds, medians)).isEqualTo(4.5);
    }

    @Test
    void sizesThatDoNotComeOutEvenHaveMediansToo() {
        assertThat(StallBenchmark.medians(new double[] {1, 10, 3}, 2)).containsExactly(2, 10);
    }

    @Test
    void samplePicturesDifferAndAreAsLargeAsAsked() throws Exception {
        List<byte[]> jpegs = SamplePictures.jpegs(new ImageSize(64, 48), 2);

        assertThat(jpegs.get(0)).isNotEqualTo(jpegs.get(1));
        try (PictureDecoder decoder = new PictureDecoder()) {
            Picture picture = decoder.decode(jpegs.get(0), PictureCodec.JPEG);
            assertThat(picture).hasToString("Picture[64x48]");
        }
    }

    @Test
    void ofAHundredLatenciesOneMayBeSlower() {
        List<Double> millis = new ArrayList<>();
        for (int i = 100; i > 0; i--) {
            millis.add((double) i);
        }

        assertThat(PromptsBenchmark.Latency.of(millis))
                .isEqualTo(new PromptsBenchmark.Latency(50.5, 99, 100));
        assertThat(PromptsBenchmark.Latency.of(List.of(7.0)))
                .isEqualTo(new PromptsBenchmark.Latency(7, 7, 7));
    }
}
