package io.frametag.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.video.Playback;
import io.frametag.connectors.video.RtspTransport;
import io.frametag.connectors.video.VideoStream;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamFileTest {

    private static final String YAML =
            """
            cameras:
              - id: gate
                uri: rtsp://camera.example/1
                sample: 2fps+motion
                keyframes: true
                delivery: live:2s
                transport: udp
              - id: yard
                uri: clips/yard.mp4
                realTime: true
                loop: true
            """;

    @TempDir Path folder;

    @Test
    void jsonAndYamlListedOrNamedGiveTheSameStreams() throws Exception {
        List<StreamEntry> streams = parse("c.yaml", YAML);
        String json =
                """
                [{"id": "gate", "uri": "rtsp://camera.example/1", "sample": "2fps+motion",
                  "keyframes": true, "delivery": "live:2s", "transport": "udp"},
                 {"id": "yard", "uri": "clips/yard.mp4", "realTime": true, "loop": true}]
                """;

        assertThat(parse("c.json", json)).isEqualTo(streams);
        assertThat(parse("c.txt", "{\"cameras\":" + json + "}")).isEqualTo(streams);
        assertThat(streams)
                .extracting(StreamEntry::stream)
                .containsExactly(
                        VideoStream.of("gate", "rtsp://camera.example/1")
                                .sampling(Sampling.parse("2fps+motion"))
                                .keyframesOnly(true)
                                .delivery(Delivery.freshest(Duration.ofSeconds(2)))
                                .transport(RtspTransport.UDP),
                        VideoStream.of("yard", "clips/yard.mp4")
                                .playback(Playback.REAL_TIME.loop(true)));
    }

    @Test
    void aJobsFileSaysOtherThingsToo() throws Exception {
        Path job = Files.writeString(folder.resolve("job.yaml"), "model: nano\n" + YAML);

        assertThat(StreamFile.readFromJob(job)).isEqualTo(parse("c.yaml", YAML));
        assertThatThrownBy(() -> StreamFile.read(job))
                .hasMessage(
                        job
                                + ", line 1: field (model) is not known; the file has one field,"
                                + " cameras");
    }

    @Test
    void errorsNameTheFileTheLineTheFieldTheValueAndTheRule() {
        assertProblem(
                YAML.replace("sample", "sampel"),
                "c.yaml, line 4: field (sampel) is not known; a camera has id, uri, sample,");
        assertProblem(
                YAML.replace("keyframes: true", "keyframes: 1"),
                "c.yaml, line 5: keyframes (1) must be true or false");
        assertProblem(
                YAML.replace("2fps+motion", "often"),
                "c.yaml, line 2: camera gate: sampling (often) must be a rate such as 2fps");
        assertProblem(
                YAML.replace("id: yard", "id: gate"),
                "c.yaml, line 8: id (gate) must be unique; it is also on line 2");
        assertProblem(
                YAML.replace("    uri: rtsp://camera.example/1\n", ""),
                "c.yaml, line 2: field uri is missing: a camera needs id and uri");
        assertProblem(
                YAML.replace("udp", "smoke"),
                "c.yaml, line 2: camera gate: transport (smoke) must be tcp or udp");
        assertProblem("cameras: none", "c.yaml, line 1: cameras must be a list of cameras");
        assertProblem("cameras: [", "c.yaml, line 1: not well-formed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{id: a, uri: 'gopher://user:canary@host/1'}]",
                "[{id: a, uri: ['rtsp://user:canary@host/1']}]",
                "['rtsp://user:canary@host/1']",
                "rtsp://user:canary@host/1",
                "[{id: a, uri: \"rtsp://user:canary@host/\\u0001\"}]"
            })
    void noMessageHasAPassword(String text) {
        assertThatThrownBy(() -> parse("c.yaml", text))
                .isInstanceOf(StreamListException.class)
                .message()
                .startsWith("c.yaml, line 1: ")
                .doesNotContain("canary")
                .doesNotContain("\n");
    }

    @Test
    void missingAndHugeFilesAreTold() throws Exception {
        Path huge = folder.resolve("huge.yaml");
        Files.write(huge, new byte[(int) StreamFile.MAX_BYTES + 1]);

        assertThatThrownBy(() -> StreamFile.read(folder.resolve("none.yaml")))
                .hasMessageEndingWith(
                        "no such file; give the path of a JSON or YAML file of cameras");
        assertThatThrownBy(() -> StreamFile.read(huge)).hasMessageContaining("must have at most");
    }

    @Test
    void recordsFollowTheirSchema() throws Exception {
        RecordSchema schema = new RecordSchema("camera");
        for (StreamEntry entry : parse("c.yaml", YAML)) {
            byte[] json = StreamJson.write(entry);
            assertThat(schema.problems(json)).isEmpty();
            assertThat(schema.undescribed(json)).isEmpty();
            assertThat(StreamJson.read("record", json)).isEqualTo(entry);
        }
        for (String wrong :
                List.of("{\"id\": \"a\"}", "{\"id\": \"a\", \"uri\": \"u\", \"loop\": 1}")) {
            byte[] json = wrong.getBytes(StandardCharsets.UTF_8);
            assertThat(schema.problems(json)).isNotEmpty();
            assertThatThrownBy(() -> StreamJson.read("record", json))
                    .isInstanceOf(StreamListException.class);
        }
    }

    @Test
    void aWatchedFileIsReadAgainAndBrokenEditsAreTold() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), YAML);
        WatchedStreamFile watched = new WatchedStreamFile(file);
        assertThat(watched.read()).extracting(VideoStream::id).containsExactly("gate", "yard");

        Files.writeString(file, YAML.substring(0, YAML.indexOf("uri: clips/yard")));
        assertThatThrownBy(watched::read).hasMessageContaining("line 8: field uri is missing");
        Files.delete(file);
        assertThatThrownBy(watched::read).hasMessageContaining("no such file");

        Files.writeString(file, YAML.replace("yard", "door"));
        assertThat(watched.read()).extracting(VideoStream::id).containsExactly("gate", "door");
    }

    private static List<StreamEntry> parse(String name, String text) throws StreamListException {
        return StreamFile.parse(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertProblem(String text, String message) {
        assertThatThrownBy(() -> parse("c.yaml", text))
                .isInstanceOf(StreamListException.class)
                .hasMessageStartingWith(message);
    }
}
