package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.StreamItem;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on after restarts, interruptions and damage: nothing lost, nothing twice. */
final class VideoResumptionTest extends VideoPlayerTestBase {

    @ParameterizedTest
    @CsvSource({
        "video.mp4,mpeg4,2",
        "video.mkv,mpeg4,2",
        "video.avi,mpeg4,0",
        "video.ts,mpeg2video,2",
        "video.mp4,libopenh264,0"
    })
    void aRestoreAfterAnyItemGivesTheItemsThatWereLeft(
            String name, String encoder, int betweenFrames) throws IOException {
        Path video =
                TestingVideos.of(60).encoder(encoder, betweenFrames).write(folder.resolve(name));
        Sampling sampling = new Sampling(6);
        List<VideoRecord> whole = play(split(video), sampling, Playback.AS_FAST_AS_POSSIBLE);

        assertThat(whole).hasSizeGreaterThan(15);
        for (int i = 0; i < whole.size(); i++) {
            VideoSplit restored = throughSerializer(split(video).at(whole.get(i).after()));
            assertThat(summaries(play(restored, sampling, Playback.AS_FAST_AS_POSSIBLE)))
                    .as("after item %d", i)
                    .isEqualTo(summaries(whole.subList(i + 1, whole.size())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"car-detection.mp4", "bottle-detection.mp4"})
    void aRealCameraClipIsFoundAgainToTheFrame(String name) {
        Path video = shared("video/" + name);
        Sampling sampling = new Sampling(2);
        List<VideoRecord> whole = play(split(video), sampling, Playback.AS_FAST_AS_POSSIBLE);
        for (int i = 5; i < whole.size(); i += 1 + whole.size() / 7) {
            VideoSplit restored = split(video).at(whole.get(i).after());
            assertThat(summaries(play(restored, sampling, Playback.AS_FAST_AS_POSSIBLE)))
                    .as("after item %d", i)
                    .isEqualTo(summaries(whole.subList(i + 1, whole.size())));
        }
    }

    @ParameterizedTest
    @CsvSource({"mjpeg,0", "mpeg4,2", "libopenh264,0"})
    void aDamagedFrameIsCountedAsFailed(String encoder, int betweenFrames) throws IOException {
        Path video =
                TestingVideos.of(60)
                        .encoder(encoder, betweenFrames)
                        .write(folder.resolve("video.mp4"));
        byte[] bytes = Files.readAllBytes(video);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 30, (byte) 0x5A);
        Files.write(video, bytes);

        List<VideoRecord> whole = play(split(video), new Sampling(5), Playback.AS_FAST_AS_POSSIBLE);
        List<StreamItem> items = items(whole);

        long failed =
                reports(items).stream()
                        .mapToLong(r -> r.failed().getOrDefault("corrupt", 0L))
                        .sum();
        assertThat(frames(items).size() + sampledOut(items) + failed).isEqualTo(60);
        assertThat(failed).isPositive();
        for (int i = 0; i < whole.size(); i++) {
            VideoSplit restored = split(video).at(whole.get(i).after());
            assertThat(summaries(play(restored, new Sampling(5), Playback.AS_FAST_AS_POSSIBLE)))
                    .as("after item %d", i)
                    .isEqualTo(summaries(whole.subList(i + 1, whole.size())));
        }
    }

    @Test
    void anInterruptionLosesNothing() {
        Path video = TestingVideos.of(60).write(folder.resolve("video.mp4"));
        Sampling sampling = new Sampling(6);
        List<VideoRecord> whole = play(split(video), sampling, Playback.AS_FAST_AS_POSSIBLE);
        List<VideoRecord> interrupted = new ArrayList<>();
        try (VideoPlayer player = player(split(video), sampling, Playback.AS_FAST_AS_POSSIBLE)) {
            for (int i = 0; !player.isFinished(); i++) {
                if (i % 2 == 0) {
                    player.interrupt();
                    assertThat(player.next()).isEmpty();
                }
                interrupted.addAll(player.next());
            }
        }

        assertThat(summaries(interrupted)).isEqualTo(summaries(whole));
    }
}
