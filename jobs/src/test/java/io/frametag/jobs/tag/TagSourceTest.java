package io.frametag.jobs.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.jobs.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSourceTest {

    @TempDir private Path folder;

    private String file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x").toString();
    }

    @Test
    void streamsAreCalledLikeTheirFilesAndMadeUnique() throws Exception {
        List<TagSource> sources =
                TagSource.parseAll(
                        List.of(
                                file("car.mp4"),
                                file("b/car.mp4"),
                                file("car.v2.mkv"),
                                file("x.JPG")));

        assertThat(sources)
                .extracting(TagSource::stream)
                .containsExactly("car", "car-2", "car.v2", "x");
        assertThat(sources)
                .extracting(TagSource::kind)
                .containsExactly(
                        TagSource.Kind.VIDEO,
                        TagSource.Kind.VIDEO,
                        TagSource.Kind.VIDEO,
                        TagSource.Kind.PICTURES);
    }

    @Test
    void aNameMayBeGiven() throws Exception {
        String car = file("car.mp4");

        assertThat(TagSource.parseAll(List.of("gate=" + car)))
                .containsExactly(new TagSource("gate", TagSource.Kind.VIDEO, car));
    }

    @Test
    void aFileWithAnEqualsSignNeedsNoName() throws Exception {
        String odd = file("a=b.mp4");

        assertThat(TagSource.parseAll(List.of(odd)).get(0).stream()).isEqualTo("a=b");
    }

    @Test
    void aFileUriIsAFile() throws Exception {
        String car = file("car.mp4");

        assertThat(TagSource.parseAll(List.of("file://" + car)))
                .containsExactly(new TagSource("car", TagSource.Kind.VIDEO, car));
    }

    @Test
    void aTopicHasNoStreamOfItsOwn() throws Exception {
        assertThat(TagSource.parseAll(List.of("kafka:frametag.frames")))
                .containsExactly(new TagSource("", TagSource.Kind.TOPIC, "frametag.frames"));
    }

    @Test
    void aFolderIsOneOfPicturesWatchedOrNot() throws Exception {
        String path = folder.toString();
        String name = folder.getFileName().toString();

        assertThat(TagSource.parseAll(List.of(path, "in=watch:" + path)))
                .containsExactly(
                        new TagSource(name, TagSource.Kind.PICTURES, path),
                        new TagSource("in", TagSource.Kind.PICTURES, "watch:" + path));
    }

    @Test
    void camerasAreCalledLikeTheirAddressWithoutItsSecrets() throws Exception {
        List<TagSource> sources =
                TagSource.parseAll(
                        List.of(
                                "rtsp://user:canary@10.0.7.12:554/stream1?token=canary",
                                "gate=http://camera.example/video.mjpg",
                                "v4l2:///dev/video0"));

        assertThat(sources)
                .extracting(TagSource::stream)
                .containsExactly("10.0.7.12-554-stream1", "gate", "dev-video0");
        assertThat(sources).extracting(TagSource::kind).containsOnly(TagSource.Kind.CAMERA);
        assertThat(sources.toString()).doesNotContain("canary");
        assertThatThrownBy(() -> TagSource.parseAll(List.of("gopher://user:canary@host/1")))
                .isInstanceOf(UserError.class)
                .message()
                .contains("can't be read: its scheme is not read")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "missing.mp4,source missing.mp4 does not exist; check the path",
        "watch:missing,source missing does not exist; check the path",
        "kafka:,'source kafka: names no topic; give kafka:TOPIC, with letters, digits, dots, dashes"
                + " and underscores'",
        "a=kafka:t,source a=kafka:t can't be named; the records of a topic carry the ids of their"
                + " streams"
    })
    void whatCantBeASourceIsOneLine(String source, String message) {
        assertThatThrownBy(() -> TagSource.parseAll(List.of(source)))
                .isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    @Test
    void emptyFilesAndNamesGivenTwiceAreRefused() throws Exception {
        String car = file("car.mp4");
        String empty = Files.createFile(folder.resolve("empty.mp4")).toString();

        assertThatThrownBy(() -> TagSource.parseAll(List.of(empty)))
                .hasMessage("source " + empty + " is empty; give a file with frames");
        assertThatThrownBy(() -> TagSource.parseAll(List.of("a=" + car, "a=" + car)))
                .hasMessage("two sources are named a; give each its own name");
    }
}
