package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Counts;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoPlayerTest extends VideoPlayerTestBase {

    @ParameterizedTest
    @CsvSource({
        "video.mp4,mpeg4,2",
        "video.mkv,mpeg4,2",
        "video.avi,mpeg4,0",
        "video.ts,mpeg2video,2",
        "video.mp4,libopenh264,0",
        "video.mov,mpeg4,0",
        "video.flv,flv,0"
    })
    void everyFrameComesWithItsNumberAndTime(String name, String encoder, int betweenFrames) {
        Path video =
                TestingVideos.of(60).encoder(encoder, betweenFrames).write(folder.resolve(name));

        List<StreamItem> items =
                items(play(split(video), Sampling.all(), Playback.AS_FAST_AS_POSSIBLE));

        List<Frame> frames = frames(items);
        assertThat(frames)
                .extracting(Frame::sequence)
                .containsExactlyElementsOf(LongStream.range(0, 60).boxed().toList());
        assertThat(frames)
                .extracting(Frame::frameTime)
                .containsExactlyElementsOf(
                        LongStream.range(0, 60).map(n -> n * 40).boxed().toList());
        assertThat(frames)
                .allSatisfy(
                        f ->
                                assertThat(f.picture().rgb()[1] & 0xFF)
                                        .as("%s", f)
                                        .isCloseTo(
                                                seen(f.sequence()),
                                                org.assertj.core.api.Assertions.within(12)));
        assertThat(reports(items))
                .extracting(StreamReport::state)
                .containsExactly(StreamState.UP, StreamState.ENDED);
        assertThat(reports(items)).allSatisfy(r -> assertThat(r.error()).isNull());
    }

    private static int seen(long sequence) {
        return Math.max(0, Math.min(255, (TestingVideos.brightness(sequence) - 16) * 255 / 219));
    }

    @Test
    void countsOfAllReportsAndFramesAddUp() {
        Path video = TestingVideos.of(100).write(folder.resolve("video.mp4"));

        List<StreamItem> items =
                items(play(split(video), new Sampling(3), Playback.AS_FAST_AS_POSSIBLE));

        assertThat(frames(items)).hasSize(12);
        assertThat(frames(items).size() + sampledOut(items)).isEqualTo(100);
    }

    @Test
    void onMotionFramesAreKeptThatDifferFromTheLastOneKept() {
        Path video = TestingVideos.of(100).write(folder.resolve("video.mp4"));

        List<StreamItem> items =
                items(
                        play(
                                split(video),
                                Sampling.parse("motion:50%:1h"),
                                Playback.AS_FAST_AS_POSSIBLE));

        // Each frame is two levels lighter; more than eight levels are a change.
        assertThat(frames(items))
                .extracting(Frame::sequence)
                .hasSizeBetween(18, 22)
                .startsWith(0L)
                .isSorted();
        assertThat(frames(items).size() + sampledOut(items)).isEqualTo(100);
        assertThat(reports(items))
                .allMatch(r -> Set.of(SampledOut.MOTION).containsAll(r.sampledOutBy().keySet()));
    }

    @Test
    void rateAndMotionAreCountedApart() {
        Path video = TestingVideos.of(100).write(folder.resolve("video.mp4"));

        List<StreamItem> items =
                items(
                        play(
                                split(video),
                                Sampling.parse("12.5fps+motion:50%:1h"),
                                Playback.AS_FAST_AS_POSSIBLE));

        // Every second by the rate, four levels apart, so that every third of them has changed.
        assertThat(frames(items)).hasSizeBetween(15, 18);
        Map<String, Long> leftOut = Map.of();
        for (StreamReport report : reports(items)) {
            leftOut = Counts.plus(leftOut, report.sampledOutBy());
        }
        assertThat(leftOut)
                .isEqualTo(
                        Map.of(
                                SampledOut.RATE,
                                50L,
                                SampledOut.MOTION,
                                50L - frames(items).size()));
    }

    @Test
    void aRealCameraClipGivesEveryFrame() {
        Path car = shared("video/car-detection.mp4");
        Path bottle = shared("video/bottle-detection.mp4");
        List<StreamItem> cars =
                items(play(split(car), new Sampling(2), Playback.AS_FAST_AS_POSSIBLE));
        List<StreamItem> bottles =
                items(play(split(bottle), new Sampling(2), Playback.AS_FAST_AS_POSSIBLE));

        assertThat(frames(cars).size() + sampledOut(cars)).isEqualTo(377);
        assertThat(frames(cars)).hasSize(61);
        assertThat(frames(bottles).size() + sampledOut(bottles)).isEqualTo(1189);
        assertThat(reports(cars)).last().satisfies(r -> assertThat(r.error()).isNull());
        assertThat(reports(bottles)).last().satisfies(r -> assertThat(r.error()).isNull());
    }

    @Test
    void aFileCutShortGivesWhatItHasAndSaysSo() throws IOException {
        Path video = TestingVideos.of(100).write(folder.resolve("video.mp4"));
        byte[] bytes = Files.readAllBytes(video);
        Files.write(video, Arrays.copyOf(bytes, bytes.length * 2 / 3));

        List<StreamItem> items =
                items(play(split(video), Sampling.all(), Playback.AS_FAST_AS_POSSIBLE));

        assertThat(frames(items).size()).isBetween(20, 95);
        StreamReport last = reports(items).get(reports(items).size() - 1);
        assertThat(last.state()).isEqualTo(StreamState.ENDED);
        assertThat(last.error()).contains("cut short");
    }

    @Test
    void whatIsNoVideoIsRefusedInOneLine() throws IOException {
        Path text =
                Files.writeString(folder.resolve("text.mp4"), "This is not a video.\n".repeat(500));
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path noFrames = TestingVideos.of(0).write(folder.resolve("noframes.mp4"));
        byte[] whole = Files.readAllBytes(TestingVideos.of(50).write(folder.resolve("whole.mp4")));
        Path noIndex = Files.write(folder.resolve("noindex.mp4"), Arrays.copyOf(whole, 40));

        assertThat(refusal(folder.resolve("absent.mp4"))).contains("missing", "absent.mp4");
        assertThat(refusal(text)).contains("is not a video FFmpeg can read");
        assertThat(refusal(empty)).contains("is empty");
        Path none = Files.createDirectory(folder.resolve("none"));
        assertThatThrownBy(() -> VideoSource.check(none.toString()))
                .as("a folder is one of pictures")
                .hasMessageEndingWith(
                        "has no pictures; give a folder with JPEG, PNG or WebP files");
        assertThat(refusal(Path.of("/dev/null"))).contains("is a pipe or a device");
        assertThat(refusal(noFrames)).contains("no frames");
        assertThat(refusal(noIndex)).contains("is not a video FFmpeg can read");
    }

    @Test
    void aLoopGoesOnCountingAndItsTimeNeverGoesBack() {
        Path video = TestingVideos.of(10).write(folder.resolve("video.mp4"));
        List<Frame> frames;
        try (VideoPlayer player =
                player(split(video), Sampling.all(), Playback.AS_FAST_AS_POSSIBLE.loop(true))) {
            frames = new ArrayList<>();
            while (frames.size() < 35) {
                frames.addAll(frames(items(player.next())));
            }
        }

        assertThat(frames)
                .extracting(Frame::sequence)
                .containsExactlyElementsOf(LongStream.range(0, 35).boxed().toList());
        assertThat(frames)
                .extracting(Frame::frameTime)
                .containsExactlyElementsOf(
                        LongStream.range(0, 35).map(n -> n * 40).boxed().toList());
    }

    @Test
    void inRealTimeFramesAreDueAtTheWallClock() {
        Path video = TestingVideos.of(5).write(folder.resolve("video.mp4"));
        long start = clock.absoluteTimeMillis();

        List<VideoRecord> records = play(split(video), Sampling.all(), Playback.REAL_TIME);

        assertThat(records.subList(1, 6))
                .extracting(VideoRecord::dueMillis)
                .containsExactly(start, start + 40, start + 80, start + 120, start + 160);
        assertThat(frames(items(records)))
                .extracting(Frame::frameTime)
                .containsExactly(start, start + 40, start + 80, start + 120, start + 160);
    }

    private String refusal(Path video) {
        List<StreamItem> items =
                items(play(split(video), Sampling.all(), Playback.AS_FAST_AS_POSSIBLE));
        StreamReport last = reports(items).get(reports(items).size() - 1);
        assertThat(last.state()).isEqualTo(StreamState.REFUSED);
        assertThat(last.error()).doesNotContain("\n");
        assertThat(frames(items)).isEmpty();
        assertThatThrownBy(() -> VideoSource.check(video.toString()))
                .isInstanceOf(VideoException.class)
                .hasMessage(last.error());
        return last.error();
    }
}
