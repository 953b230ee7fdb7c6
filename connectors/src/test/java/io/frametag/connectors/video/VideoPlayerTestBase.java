package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.io.TempDir;

/** Plays videos to their end and takes apart what comes. */
abstract class VideoPlayerTestBase {

    private static final int MANY = 10_000;

    @TempDir Path folder;

    final ManualClock clock = new ManualClock(5_000_000_000L);

    boolean keyframesOnly;

    List<VideoRecord> play(VideoSplit split, Sampling sampling, Playback playback) {
        List<VideoRecord> records = new ArrayList<>();
        try (VideoPlayer player = player(split, sampling, playback)) {
            for (int i = 0; i < MANY && !player.isFinished(); i++) {
                records.addAll(player.next());
            }
            assertThat(player.isFinished()).isTrue();
        }
        return records;
    }

    VideoPlayer player(VideoSplit split, Sampling sampling, Playback playback) {
        return new VideoPlayer(
                split,
                new VideoSettings(sampling, playback, PictureLimits.defaults(), keyframesOnly),
                clock);
    }

    static VideoSplit split(Path video) {
        return new VideoSplit(VideoStream.of("camera", video.toString()), VideoPosition.START);
    }

    static VideoSplit throughSerializer(VideoSplit split) throws IOException {
        VideoSplitSerializer serializer = new VideoSplitSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    static List<StreamItem> items(List<VideoRecord> records) {
        return records.stream().map(VideoRecord::item).toList();
    }

    static List<Frame> frames(List<StreamItem> items) {
        return items.stream().filter(Frame.class::isInstance).map(Frame.class::cast).toList();
    }

    static List<StreamReport> reports(List<StreamItem> items) {
        return items.stream()
                .filter(StreamReport.class::isInstance)
                .map(StreamReport.class::cast)
                .toList();
    }

    static long sampledOut(List<StreamItem> items) {
        return reports(items).stream().mapToLong(StreamReport::sampledOut).sum();
    }

    static List<String> summaries(List<VideoRecord> records) {
        return records.stream()
                .map(
                        r ->
                                r.item() instanceof Frame f
                                        ? f
                                                + " "
                                                + Arrays.hashCode(f.picture().rgb())
                                                + " "
                                                + r.after()
                                        : r.item() + " " + r.after())
                .toList();
    }

    static Path shared(String path) {
        Path found = Path.of(System.getProperty("frametag.shared", "../shared"), path);
        assumeThat(found).as("real clips are only read where -Dframetag.shared has them").exists();
        return found;
    }
}
