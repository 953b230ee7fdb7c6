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
    void eachWayIsComparedWithTheExactOne() throws Exception {
        Path video =
                TestingVideos.of(36).encoder("libopenh264", 0).write(folder.resolve("video.mp4"));
        ModelFolder nano = ModelStore.at(folder.resolve("store")).open(ModelStore.NANO);

        List<DecodeRow> rows =
                new DecodeBenchmark(nano, List.of("dog", "car", "street"), 2)
                        .video(video.toString(), List.of(new ImageSize(640, 480)));

        assertThat(rows)
                .extracting(DecodeRow::name)
                .containsExactly(
                        "JPEG 640x480, FFmpeg alone (c)",
                        "JPEG 640x480, RGB first (exact)",
                        "JPEG 640x480, full",
                        "JPEG 640x480, reduced",
                        "video, 36 frames, FFmpeg alone (c)",
                        "video, 36 frames, RGB first (exact)",
                        "video, 36 frames, from planes",
                        "video, 3 keyframes, from planes");
        assertThat(rows.get(0).ratio()).isEqualTo(1);
        assertThat(rows.get(0).cropDifference()).isNaN();
        assertThat(rows.get(1).cropDifference()).isZero();
        assertThat(rows.get(1).meanCosine()).isCloseTo(1, within(1e-5));
        assertThat(rows.get(2).cropDifference()).isLessThan(0.5);
        assertThat(rows.get(3).cropDifference()).isLessThan(2);
        // The video is smaller than the model's input, so that planes are not taken as they are.
        assertThat(rows.get(6).cropDifference()).isZero();
        // The brightness of the frames grows by two with each, up to eleven behind a keyframe.
        assertThat(rows.get(7).cropDifference()).isBetween(5.0, 16.0);
        assertThat(rows).allSatisfy(row -> assertThat(row.toString()).contains(row.name()));
    }
}
