package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keyframes alone: the same pictures, numbers and times as among all frames, and the same counts.
 */
final class VideoKeyframesTest extends VideoPlayerTestBase {

    private static final String CODINGS =
            """
            video.mp4,mpeg4,2
            video.mkv,mpeg4,2
            video.avi,mpeg4,0
            video.ts,mpeg2video,2
            video.mp4,libopenh264,0
            video.mp4,mjpeg,0
            """;

    @ParameterizedTest
    @CsvSource(textBlock = CODINGS)
    void keyframesAreThoseAmongAllFrames(String name, String encoder, int betweenFrames) {
        Path video =
                TestingVideos.of(60).encoder(encoder, betweenFrames).write(folder.resolve(name));
        List<Frame> all = frames(items(playAll(video)));
        keyframesOnly = true;
        List<StreamItem> items = items(playAll(video));

        List<Frame> keyframes = frames(items);
        assertThat(keyframes).hasSizeBetween(5, 60);
        for (Frame keyframe : keyframes) {
            Frame same = all.get((int) keyframe.sequence());
            assertThat(keyframe.frameTime()).isEqualTo(same.frameTime());
            assertThat(keyframe.picture().rgb()).isEqualTo(same.picture().rgb());
        }
        assertThat(keyframes.size() + sampledOut(items)).isEqualTo(all.size());
    }

    @ParameterizedTest
    @CsvSource(textBlock = CODINGS)
    void aRestoreAfterAnyItemGivesTheItemsThatWereLeft(
            String name, String encoder, int betweenFrames) throws IOException {
        Path video =
                TestingVideos.of(60).encoder(encoder, betweenFrames).write(folder.resolve(name));
        keyframesOnly = true;
        List<VideoRecord> whole = playAll(video);
        for (int i = 0; i < whole.size(); i++) {
            VideoSplit restored = throughSerializer(split(video).at(whole.get(i).after()));
            assertThat(summaries(play(restored, Sampling.all(), Playback.AS_FAST_AS_POSSIBLE)))
                    .as("after item %d", i)
                    .isEqualTo(summaries(whole.subList(i + 1, whole.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"car-detection.mp4", "bottle-detection.mp4"})
    void keyframesOfARealCameraClipAreThoseAmongAllFrames(String name) {
        Path video = shared("video/" + name);
        List<StreamItem> all = items(playAll(video));
        keyframesOnly = true;
        List<StreamItem> items = items(playAll(video));

        assertThat(frames(items)).isNotEmpty();
        for (Frame keyframe : frames(items)) {
            Frame same = frames(all).get((int) keyframe.sequence());
            assertThat(keyframe.frameTime()).isEqualTo(same.frameTime());
            assertThat(keyframe.picture().rgb()).isEqualTo(same.picture().rgb());
        }
        assertThat(frames(items).size() + sampledOut(items)).isEqualTo(frames(all).size());
    }

    @Test
    void damageBetweenKeyframesIsNeitherSeenNorCounted() throws IOException {
        Path video =
                TestingVideos.of(60)
                        .encoder("libopenh264", 0)
                        .keyframeEvery(60)
                        .write(folder.resolve("video.mp4"));
        byte[] bytes = Files.readAllBytes(video);
        Arrays.fill(bytes, bytes.length - 60, bytes.length, (byte) 0x5A);
        Files.write(video, bytes);
        keyframesOnly = true;

        List<StreamItem> items = items(playAll(video));

        assertThat(frames(items)).hasSize(1);
        assertThat(sampledOut(items)).isEqualTo(59);
        assertThat(reports(items))
                .allMatch(r -> Set.of(SampledOut.KEYFRAME).containsAll(r.sampledOutBy().keySet()));
        assertThat(reports(items)).allSatisfy(report -> assertThat(report.failed()).isEmpty());
    }

    @Test
    void keyframesAreSampledToo() {
        Path video =
                TestingVideos.of(60)
                        .encoder("mpeg4", 0)
                        .keyframeEvery(5)
                        .write(folder.resolve("video.mp4"));
        keyframesOnly = true;

        List<StreamItem> items =
                items(play(split(video), new Sampling(1), Playback.AS_FAST_AS_POSSIBLE));

        assertThat(frames(items)).extracting(Frame::sequence).containsExactly(0L, 25L, 50L);
        assertThat(sampledOut(items)).isEqualTo(57);
    }

    private List<VideoRecord> playAll(Path video) {
        return play(split(video), Sampling.all(), Playback.AS_FAST_AS_POSSIBLE);
    }
}
