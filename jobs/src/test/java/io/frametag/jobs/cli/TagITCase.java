package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.json.TagsJson;
import io.frametag.operators.data.FrameTags;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagITCase {

    @TempDir private Path folder;

    private Path clip(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/io/frametag/jobs/demo/street.mp4"))) {
            return Files.write(folder.resolve(name), stream.readAllBytes());
        }
    }

    private static List<FrameTags> read(Path file) throws IOException {
        List<FrameTags> tags = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            tags.add(TagsJson.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        return tags;
    }

    @Test
    void tagsEachSampledFrameOnceAndInOrder() throws IOException {
        Path output = folder.resolve("out.jsonl");

        Run run =
                Run.frametag(
                        "tag",
                        "--source",
                        clip("a.mp4").toString(),
                        "--sample",
                        "2fps",
                        "--output",
                        output.toString());

        assertThat(run.err()).contains("48 of 360 frames tagged");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        List<FrameTags> tags = read(output);
        assertThat(tags).hasSize(48).allMatch(frame -> frame.stream().equals("a"));
        assertThat(tags).extracting(FrameTags::frameTime).isSorted().doesNotHaveDuplicates();
        assertThat(tags.get(1).frameTime()).isBetween(500L, 567L);
    }

    @Test
    void aFolderOfPicturesIsTaggedBesideAVideoAndABadOneIsCounted() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        BufferedImage picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (String name : List.of("b.jpg", "d.jpg")) {
            ImageIO.write(picture, "jpeg", pictures.resolve(name).toFile());
        }
        ImageIO.write(picture, "png", pictures.resolve("a.png").toFile());
        Files.writeString(pictures.resolve("c.jpg"), "no picture");
        Files.writeString(pictures.resolve("notes.txt"), "no picture, and not meant as one");
        Path list = folder.resolve("job.yaml");
        Files.writeString(
                list,
                "cameras:\n  - id: listed\n    uri: "
                        + clip("listed.mp4")
                        + "\n    sample: 1fps\n");
        Path output = folder.resolve("out.jsonl");

        Run run =
                Run.frametag(
                        "tag",
                        "--source",
                        clip("video.mp4").toString(),
                        pictures.toString(),
                        "-c",
                        list.toString(),
                        "--sample",
                        "2fps",
                        "--output",
                        output.toString());

        assertThat(run.err()).contains("75 of 724 frames tagged", "pictures: failed 1 (");
        assertThat(run.exitCode()).isZero();
        assertThat(read(output).stream().filter(frame -> frame.stream().equals("pictures")))
                .extracting(FrameTags::sequence)
                .containsExactly(0L, 1L, 3L);
        assertThat(read(output).stream().filter(frame -> frame.stream().equals("listed")))
                .hasSize(24);
    }

    @Test
    void aStreamThatFailsCostsTheOthersNothing() throws IOException {
        Path whole = clip("whole.mp4");
        Path cut = folder.resolve("cut.mp4");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
        Path output = folder.resolve("out.jsonl");

        Run run =
                Run.frametag(
                        "tag",
                        "--source",
                        whole.toString(),
                        cut.toString(),
                        text.toString(),
                        "--sample",
                        "1fps",
                        "--output",
                        output.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsOnlyOnce("frametag: cut: the video file is cut short")
                .containsOnlyOnce("frametag: text: ");
        assertThat(read(output).stream().filter(frame -> frame.stream().equals("whole")))
                .hasSize(24);
        assertThat(read(output).stream().filter(frame -> frame.stream().equals("cut")))
                .isNotEmpty();
    }
}
