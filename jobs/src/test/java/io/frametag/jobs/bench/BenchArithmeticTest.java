package io.frametag.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
    void theMedianIsTheMiddleOrTheMeanOfTwo() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
        assertThatThrownBy(Spread::of).hasMessageContaining("at least one");
    }

    /** Gives the rates it was told, one a round, and notes its turns. */
    private record TestingContender(String name, List<Double> rates, List<String> turns)
            implements Contender {

        @Override
        public double framesPerSecond() {
            turns.add(name);
            return rates.remove(0);
        }
    }

    @Test
    void roundsGoForwardsAndBackwardsAndRatiosAreOfTheSameRound() throws Exception {
        List<String> turns = new ArrayList<>();
        List<Contender> contenders =
                List.of(
                        new TestingContender("base", new ArrayList<>(List.of(10.0, 5.0)), turns),
                        new TestingContender("ours", new ArrayList<>(List.of(20.0, 5.0)), turns));

        List<Rounds.Result> results = Rounds.run(contenders, 2, step -> {});

        assertThat(turns).containsExactly("base", "ours", "ours", "base");
        assertThat(results.get(0).ratio()).isEqualTo(new Spread(1, 1, 1));
        assertThat(results.get(1).ratio()).isEqualTo(new Spread(1.5, 1, 2));
        assertThat(results.get(1).framesPerSecond()).isEqualTo(new Spread(12.5, 5, 20));
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
}
