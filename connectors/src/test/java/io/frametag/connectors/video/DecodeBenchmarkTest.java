package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecodeBenchmarkTest {

    @TempDir Path folder;

    @Test
    void fullDecodeIsLikeItselfAndCheapDecodeIsNot() throws Exception {
        Path video =
                TestingVideos.of(60).encoder("libopenh264", 0).write(folder.resolve("video.mp4"));
        ModelFolder nano = ModelStore.at(folder.resolve("store")).open(ModelStore.NANO);

        List<DecodeRow> rows =
                DecodeBenchmark.run(
                        video.toString(),
                        nano,
                        List.of("dog", "car", "street"),
                        List.of(new ImageSize(640, 480)),
                        2);

        assertThat(rows)
                .extracting(DecodeRow::name)
                .containsExactly(
                        "JPEG 640x480, full",
                        "JPEG 640x480, reduced",
                        "video, 60 frames",
                        "video, 5 keyframes");
        assertThat(rows.get(0).cropDifference()).isZero();
        assertThat(rows.get(2).meanCosine()).isCloseTo(1, within(1e-5));
        assertThat(rows.get(1).cropDifference()).isLessThan(2);
        // The brightness of the frames grows by two with each, up to eleven behind a keyframe.
        assertThat(rows.get(3).cropDifference()).isBetween(5.0, 16.0);
        assertThat(rows).allSatisfy(row -> assertThat(row.toString()).contains(row.name()));
    }

    /**
     * Prints the table of a video.
     *
     * @param args the video, a model, how many rounds, labels
     */
    public static void main(String[] args) throws Exception {
        ModelFolder model = ModelStore.atDefaultLocation().open(args[1]);
        System.out.println(args[0] + ", " + model.id());
        System.out.println(DecodeRow.HEAD);
        DecodeBenchmark.run(
                        args[0],
                        model,
                        List.of(args).subList(3, args.length),
                        List.of(new ImageSize(1920, 1080), new ImageSize(1280, 720)),
                        Integer.parseInt(args[2]))
                .forEach(System.out::println);
    }
}
