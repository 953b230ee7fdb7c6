package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PicturePlayerTest {

    private static final long HOUR = 3_600_000;

    @TempDir Path parent;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("pictures"));
    }

    private PicturePlayer once(VideoSplit split) {
        return player(split, false);
    }

    private PicturePlayer player(VideoSplit split, boolean watch) {
        return new PicturePlayer(
                split,
                new PictureFiles(Path.of(split.uri())),
                watch,
                Delivery.complete(),
                new ManualClock(HOUR * 1_000_000),
                1);
    }

    private VideoSplit split() {
        return new VideoSplit(VideoStream.of("p", folder.toString()), VideoPosition.START);
    }

    private void put(String name, long millis) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    }

    private static List<String> frames(List<VideoRecord> records) {
        List<String> names = new ArrayList<>();
        for (VideoRecord record : records) {
            if (record.item() instanceof Frame frame) {
                names.add(frame.sequence() + " " + new String(frame.bytes()));
            }
        }
        return names;
    }

    private static List<VideoRecord> play(PicturePlayer player, int calls) {
        List<VideoRecord> records = new ArrayList<>();
        for (int i = 0; i < calls && !player.isFinished(); i++) {
            records.addAll(player.next());
        }
        return records;
    }

    private static StreamReport last(List<VideoRecord> records) {
        StreamItem item = records.get(records.size() - 1).item();
        return (StreamReport) item;
    }

    @Test
    void everyPictureIsAFrameByNameAndNothingElseIs() throws Exception {
        put("b.PNG", 1_000);
        put("a.jpg", 9_000);
        put("c.webp", 5_000);
        put("d.jpeg.part", 1);
        put(".e.jpg", 1);
        Files.createDirectory(folder.resolve("f.jpg"));

        List<VideoRecord> records = play(once(split()), 100);

        assertThat(frames(records)).containsExactly("0 a.jpg", "1 b.PNG", "2 c.webp");
        assertThat(records).extracting(VideoRecord::eventTime).isSorted().endsWith(9_000L);
        assertThat(((StreamReport) records.get(0).item()).state()).isEqualTo(StreamState.UP);
        assertThat(last(records).state()).isEqualTo(StreamState.ENDED);
        assertThat(last(records).error()).isNull();
    }

    @Test
    void eachIsGivenOnceFromWhereverItGoesOn() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("p" + i + ".jpg", 1_000);
        }
        List<VideoRecord> all = play(once(split()), 100);
        for (int i = 0; i < all.size(); i++) {
            VideoSplit restored =
                    VideoPlayerTestBase.throughSerializer(split().at(all.get(i).after()));
            List<VideoRecord> rest = play(once(restored), 100);
            assertThat(rest).hasSize(all.size() - i - 1);
            assertThat(frames(rest)).isEqualTo(frames(all.subList(i + 1, all.size())));
        }
    }

    @Test
    void whereTheLastFileIsGoneAsManyArePassedOverAsWereTaken() throws Exception {
        for (int i = 0; i < 4; i++) {
            put("p" + i + ".jpg", 1_000);
        }
        VideoPosition behindTwo = play(once(split()), 3).get(2).after();
        Files.delete(folder.resolve("p1.jpg"));

        assertThat(frames(play(once(split().at(behindTwo)), 100))).containsExactly("2 p3.jpg");
    }

    @Test
    void aSinglePictureIsAStreamOfOneFrameAtTimeZero() throws Exception {
        put("a.jpg", 9_000);
        VideoSplit split =
                new VideoSplit(
                        VideoStream.of("p", folder.resolve("a.jpg").toString()),
                        VideoPosition.START);

        List<VideoRecord> records = play(once(split), 100);

        assertThat(frames(records)).containsExactly("0 a.jpg");
        assertThat(records.get(1).eventTime()).isZero();
    }

    @Test
    void missingAndEmptyFoldersAreRefusedInOneLine() throws Exception {
        List<VideoRecord> empty = play(once(split()), 100);
        Files.delete(folder);
        List<VideoRecord> missing = play(once(split()), 100);

        assertThat(last(empty).state()).isEqualTo(StreamState.REFUSED);
        assertThat(last(empty).error())
                .isEqualTo(folder + " has no pictures; give a folder with JPEG, PNG or WebP files");
        assertThat(last(missing).state()).isEqualTo(StreamState.REFUSED);
        assertThat(last(missing).error())
                .isEqualTo(
                        folder
                                + " can't be read (NoSuchFile); check the path and its"
                                + " permissions");
    }

    @Test
    void aWatchedFolderGivesWhatIsWholeOnceInTheOrderOfChange() throws Exception {
        put("b.jpg", 1_000);
        put("a.jpg", 2_000);
        PicturePlayer player = player(split(), true);
        assertThat(frames(play(player, 10))).containsExactly("0 b.jpg", "1 a.jpg");

        put("c.jpg.tmp", 3_000);
        assertThat(frames(play(player, 5))).isEmpty();
        Files.move(folder.resolve("c.jpg.tmp"), folder.resolve("c.jpg"));
        assertThat(frames(play(player, 5))).containsExactly("2 c.jpg.tmp");
        put("old.jpg", 500);
        List<VideoRecord> late = play(player, 5);
        assertThat(frames(late)).containsExactly("3 old.jpg");
        assertThat(late.get(0).eventTime()).isEqualTo(3_000);
    }

    @Test
    void aFileThatGrowsIsNotTakenYet() throws Exception {
        put("a.jpg", 1_000);
        PicturePlayer player = player(split(), true);
        assertThat(frames(play(player, 1))).isEmpty();
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve("a.jpg"), "longer".repeat(i + 1));
            assertThat(frames(play(player, 1))).isEmpty();
        }
        assertThat(frames(play(player, 2))).containsExactly("0 longerlongerlonger");
    }

    @Test
    void aWatchedFolderGoesOnBehindTheNewestItTook() throws Exception {
        put("a.jpg", 1_000);
        put("b.jpg", 1_000);
        List<VideoRecord> first = play(player(split(), true), 10);
        VideoPosition place = first.get(first.size() - 1).after();
        put("c.jpg", 2_000);

        List<VideoRecord> rest =
                play(player(VideoPlayerTestBase.throughSerializer(split().at(place)), true), 10);

        assertThat(frames(first)).hasSize(2);
        assertThat(frames(rest)).containsExactly("2 c.jpg");
    }

    @Test
    void aWatchedFolderMayGoAwayAndComeBack() throws Exception {
        PicturePlayer player = player(split(), true);
        play(player, 2);
        Files.delete(folder);
        List<VideoRecord> gone = play(player, 5);
        Files.createDirectory(folder);
        put("a.jpg", 1_000);
        List<VideoRecord> back = play(player, 5);

        assertThat(gone).hasSize(1);
        assertThat(last(gone).state()).isEqualTo(StreamState.DOWN);
        assertThat(((StreamReport) back.get(0).item()).state()).isEqualTo(StreamState.UP);
        assertThat(frames(back)).containsExactly("0 a.jpg");
        assertThat(player.finish()).hasSize(1);
        assertThat(player.isFinished()).isTrue();
    }

    @Test
    void aWaitIsEnded() throws Exception {
        PicturePlayer player =
                new PicturePlayer(
                        split(),
                        new PictureFiles(folder),
                        true,
                        Delivery.complete(),
                        new ManualClock(),
                        HOUR);
        play(player, 1);
        CompletableFuture<List<VideoRecord>> waiting = CompletableFuture.supplyAsync(player::next);
        player.interrupt();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
    }
}
