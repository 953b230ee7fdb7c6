package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoReaderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "car-detection.mp4,0,car-1.png",
        "car-detection.mp4,100,car-2.png",
        "car-detection.mp4,250,car-3.png",
        "bottle-detection.mp4,0,bottle-1.png"
    })
    void picturesAreThoseOfTheReference(String video, int frame, String expected) throws Exception {
        Path clip = shared("video/" + video);
        Path picture = shared("reference/preprocess/inputs/" + expected);
        try (Interruption interruption = new Interruption(LIMIT);
                VideoReader reader =
                        VideoReader.open(clip.toString(), PictureLimits.defaults(), interruption);
                PictureDecoder decoder = new PictureDecoder()) {
            for (int i = 0; i <= frame; i++) {
                assertThat(reader.next()).isEqualTo(VideoReader.Step.FRAME);
            }
            Picture reference = decoder.decode(Files.readAllBytes(picture), null);
            assertThat(reader.picture().rgb()).isEqualTo(reference.rgb());
        }
    }

    @Test
    void moreVideosThanJavaCppHasCallbacksCanBeOpenAtOnce() throws Exception {
        Path video = TestingVideos.of(3).write(folder.resolve("video.mp4"));
        List<AutoCloseable> open = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Interruption interruption = new Interruption(LIMIT);
                VideoReader reader =
                        VideoReader.open(video.toString(), PictureLimits.defaults(), interruption);
                open.add(0, interruption);
                open.add(0, reader);
                assertThat(reader.next()).isEqualTo(VideoReader.Step.FRAME);
            }
        } finally {
            for (AutoCloseable one : open) {
                one.close();
            }
        }
    }

    @Test
    void pixelsGoWhereATurnTakesThem() {
        Picture picture = new Picture(3, 2, pixels(1, 2, 3, 4, 5, 6));

        assertThat(Rotation.turn(picture, 0)).isSameAs(picture);
        assertThat(Rotation.turn(picture, 1).rgb()).isEqualTo(pixels(4, 1, 5, 2, 6, 3));
        assertThat(Rotation.turn(picture, 2).rgb()).isEqualTo(pixels(6, 5, 4, 3, 2, 1));
        assertThat(Rotation.turn(picture, 3).rgb()).isEqualTo(pixels(3, 6, 2, 5, 1, 4));
        assertThat(Rotation.turn(picture, 3).width()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0,64", "90,48", "180,64", "270,48"})
    void aPhonesVideoIsTurnedTheRightWayUp(int degrees, int width) throws Exception {
        Path video = TestingVideos.of(3).turned(degrees).write(folder.resolve("video.mp4"));
        try (Interruption interruption = new Interruption(LIMIT);
                VideoReader reader =
                        VideoReader.open(video.toString(), PictureLimits.defaults(), interruption);
                OpenVideo open =
                        OpenVideo.open(
                                VideoInput.file(video), PictureLimits.defaults(), interruption)) {
            assertThat(reader.next()).isEqualTo(VideoReader.Step.FRAME);
            assertThat(reader.picture().width()).isEqualTo(width);
            assertThat(open.quarterTurns()).isEqualTo(degrees / 90);
        }
    }

    private static byte[] pixels(int... values) {
        byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return rgb;
    }

    @Test
    void aReadThatTakesTooLongIsEnded() {
        Path video = TestingVideos.of(3).write(folder.resolve("video.mp4"));
        try (Interruption interruption = new Interruption(Duration.ZERO)) {
            assertThatThrownBy(
                            () ->
                                    VideoReader.open(
                                            video.toString(),
                                            PictureLimits.defaults(),
                                            interruption))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("gives no data; its storage may be hanging");
        }
    }

    @Test
    void nativeMemoryDoesNotGrow() throws Exception {
        Path video = TestingVideos.of(10).write(folder.resolve("video.mp4"));
        Path bad = Files.writeString(folder.resolve("bad.mp4"), "no video");
        long half = 0;
        for (int i = 0; i < 1_000; i++) {
            readOnce(video);
            refuse(bad);
            if (i == 500) {
                System.gc();
                half = Pointer.physicalBytes();
            }
        }
        System.gc();
        assertThat(Pointer.physicalBytes()).isLessThanOrEqualTo((long) (half * 1.05));
    }

    private static void readOnce(Path video) throws Exception {
        try (Interruption interruption = new Interruption(LIMIT);
                VideoReader reader =
                        VideoReader.open(
                                video.toString(), PictureLimits.defaults(), interruption)) {
            for (int i = 0; i < 3; i++) {
                assertThat(reader.next()).isEqualTo(VideoReader.Step.FRAME);
                assertThat(reader.picture().width()).isEqualTo(TestingVideos.WIDTH);
            }
        }
    }

    private static void refuse(Path bad) {
        try (Interruption interruption = new Interruption(LIMIT)) {
            VideoReader.open(bad.toString(), PictureLimits.defaults(), interruption).close();
            throw new AssertionError("a bad file was opened");
        } catch (VideoException e) {
            assertThat(e.getMessage()).contains("is not a video");
        }
    }

    private static Path shared(String path) {
        Path found = Path.of(System.getProperty("frametag.shared", "../shared"), path);
        assumeThat(found).as("real clips are only read where -Dframetag.shared has them").exists();
        return found;
    }
}
