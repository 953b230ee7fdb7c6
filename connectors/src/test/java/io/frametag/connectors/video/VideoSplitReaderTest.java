package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fetcher's thread sees, on a clock that the test moves. */
final class VideoSplitReaderTest {

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(1_000_000_000_000L);
    private final StreamEndings endings = new StreamEndings();
    private VideoSplit split;

    @BeforeEach
    void writeVideo() {
        Path video = TestingVideos.of(5).write(folder.resolve("video.mp4"));
        split = new VideoSplit(VideoStream.of("camera", video.toString()), VideoPosition.START);
    }

    @Test
    void framesComeWhenTheirTimeHasCome() throws Exception {
        try (VideoSplitReader reader = reader()) {
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
            assertThat(records(reader.fetch())).as("the report that it is up").hasSize(1);
            assertThat(frames(reader)).as("the first frame, due at once").isEqualTo(1);

            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> frames(reader));
            assertThat(second).isNotDone();
            clock.advanceTime(Duration.ofMillis(40));

            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void aWakeUpEndsTheWaitAndLosesNothing() throws Exception {
        try (VideoSplitReader reader = reader()) {
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
            records(reader.fetch());
            frames(reader);

            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> frames(reader));
            reader.wakeUp();
            assertThat(second.get(10, TimeUnit.SECONDS)).isZero();

            clock.advanceTime(Duration.ofSeconds(1));
            int left = 0;
            for (int i = 0; i < 20; i++) {
                left += frames(reader);
            }
            assertThat(left).isEqualTo(4);
        }
    }

    @Test
    void aPausedStreamGivesNothingUntilItIsResumed() throws Exception {
        try (VideoSplitReader reader = reader()) {
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
            reader.pauseOrResumeSplits(List.of(split), List.of());
            reader.wakeUp();
            assertThat(records(reader.fetch())).isEmpty();

            reader.pauseOrResumeSplits(List.of(), List.of(split));
            List<VideoRecord> records = new ArrayList<>();
            for (int i = 0; i < 3 && records.isEmpty(); i++) {
                records.addAll(records(reader.fetch()));
            }
            assertThat(records).hasSize(1);
        }
    }

    @Test
    void aStreamThatHadEndedBeforeARestartEndsAtOnce() throws Exception {
        try (VideoSplitReader reader = reader()) {
            VideoSplit finished = split.at(VideoPosition.START.asOpened().asFinished());
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(finished)));

            RecordsWithSplitIds<VideoRecord> fetched = reader.fetch();

            assertThat(fetched.finishedSplits()).containsExactly("camera");
            assertThat(records(fetched)).isEmpty();
        }
    }

    @Test
    void aStreamThatIsToEndGivesWhatWasReadAndItsEnd() throws Exception {
        try (VideoSplitReader reader = reader()) {
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
            records(reader.fetch());
            frames(reader);
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> frames(reader));
            reader.wakeUp();
            second.get(10, TimeUnit.SECONDS);
            endings.ask("camera");

            RecordsWithSplitIds<VideoRecord> fetched = reader.fetch();
            List<VideoRecord> left = records(fetched);

            assertThat(fetched.finishedSplits()).containsExactly("camera");
            VideoRecord last = left.get(left.size() - 1);
            assertThat(((StreamReport) last.item()).state()).isEqualTo(StreamState.ENDED);
            assertThat(last.after().sequence())
                    .as("the wake-up may have come before the second frame was read")
                    .isEqualTo(left.size());
        }
    }

    private VideoSplitReader reader() {
        VideoSettings settings =
                new VideoSettings(
                        Sampling.all(),
                        Playback.REAL_TIME,
                        PictureLimits.defaults(),
                        false,
                        null,
                        CameraSettings.defaults());
        return new VideoSplitReader(
                s -> new VideoPlayer(s, settings, clock), new Pacer(clock), endings);
    }

    private static int frames(VideoSplitReader reader) {
        try {
            return (int)
                    records(reader.fetch()).stream().filter(r -> r.item() instanceof Frame).count();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<VideoRecord> records(RecordsWithSplitIds<VideoRecord> fetched) {
        List<VideoRecord> records = new ArrayList<>();
        while (fetched.nextSplit() != null) {
            VideoRecord record = fetched.nextRecordFromSplit();
            while (record != null) {
                records.add(record);
                record = fetched.nextRecordFromSplit();
            }
        }
        return records;
    }
}
