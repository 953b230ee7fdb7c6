package io.frametag.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordsJsonTest {

    private static final ModelId MODEL = new ModelId("nano", "0123456789ab");

    private static FrameTags tags(double score, double probability) {
        Tag tag = new Tag("dog", 17, "Dog \"Ré\u0007x\"", score, probability);
        return new FrameTags("yard", 42, 1_700_000_000_123L, MODEL, 3, List.of(tag));
    }

    @Test
    void tagsAreWrittenWithTheNamesOfTheDesign() {
        FrameTags tags =
                new FrameTags(
                        "yard",
                        42,
                        1_700_000_000_123L,
                        MODEL,
                        3,
                        List.of(new Tag("dog", 17, "a dog", 0.2512349, 0.98)));

        assertThat(new String(TagsJson.write(tags), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"stream\":\"yard\",\"sequence\":42,\"frameTime\":1700000000123,"
                                + "\"model\":\"nano@0123456789ab\",\"promptSetVersion\":3,"
                                + "\"tags\":[{\"prompt\":\"dog\",\"version\":17,"
                                + "\"label\":\"a dog\",\"score\":0.25123,\"probability\":0.98}]}");
    }

    @Test
    void tagsRoundTripAndFitTheirSchema() throws Exception {
        RecordSchema schema = new RecordSchema("tags");
        for (double value : new double[] {0, 1, 0.5, 0.00001, 0.12345}) {
            FrameTags tags = tags(value, value);
            byte[] json = TagsJson.write(tags);

            assertThat(TagsJson.read(json)).isEqualTo(tags);
            assertThat(schema.problems(json)).isEmpty();
            assertThat(schema.undescribed(json)).isEmpty();
        }
        byte[] none = TagsJson.write(new FrameTags("yard", 0, 0, MODEL, 0, List.of()));
        assertThat(schema.problems(none)).isEmpty();
    }

    @Test
    void smallNumbersAreWrittenWithoutAnExponent() {
        String json = new String(TagsJson.write(tags(-0.00004, 1e-12)), StandardCharsets.UTF_8);

        assertThat(json).contains("\"score\":-0.00004,\"probability\":0}");
    }

    @Test
    void aNumberThatJsonLacksIsRefused() {
        assertThatThrownBy(() -> TagsJson.write(tags(Double.NaN, 0)))
                .hasMessage("score (NaN) must be a finite number");
    }

    @Test
    void theTagsSchemaRefusesWhatIsNoRecord() throws Exception {
        RecordSchema schema = new RecordSchema("tags");

        assertThat(schema.problems(utf8("{\"stream\":\"yard\"}"))).isNotEmpty();
        String json = new String(TagsJson.write(tags(0.5, 0.5)), StandardCharsets.UTF_8);
        assertThat(schema.problems(utf8(json.replace("\"frameTime\":1", "\"frameTime\":1.5"))))
                .isNotEmpty();
        assertThat(schema.problems(utf8(json.replace("\"probability\":0.5", "\"probability\":2"))))
                .isNotEmpty();
    }

    @Test
    void readersPassOverFieldsOfLaterReleasesAndNameBadOnes() throws Exception {
        String json = new String(TagsJson.write(tags(0.5, 0.5)), StandardCharsets.UTF_8);

        assertThat(TagsJson.read(utf8(json.replaceFirst("\\{", "{\"later\":[1],"))))
                .isEqualTo(tags(0.5, 0.5));
        assertThatThrownBy(() -> TagsJson.read(utf8(json.replace(":42,", ":\"42\","))))
                .isInstanceOf(IOException.class)
                .hasMessage("tags record: field sequence (\"42\") must be a whole number");
        assertThatThrownBy(() -> TagsJson.read(utf8(json + "{}"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TagsJson.read(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("tags record must be a JSON object");
    }

    @Test
    void statusRoundTripsAndFitsItsSchema() throws Exception {
        RecordSchema schema = new RecordSchema("status");
        for (StreamState state : StreamState.values()) {
            StreamStatus status =
                    new StreamStatus(
                            "yard",
                            1_700_000_000_000L,
                            state,
                            100,
                            80,
                            10,
                            Map.of("stale", 4L),
                            Map.of("corrupt", 3L, "empty", 1L),
                            2,
                            state == StreamState.CONNECTING ? null : 1_700_000_000_123L,
                            state == StreamState.DOWN ? "no answer" : null);
            byte[] json = StatusJson.write(status);

            assertThat(StatusJson.read(json)).isEqualTo(status);
            assertThat(schema.problems(json)).isEmpty();
            assertThat(schema.undescribed(json)).isEmpty();
        }
        assertThat(schema.problems(utf8("{\"stream\":\"yard\",\"state\":\"fine\"}"))).isNotEmpty();
    }

    @Test
    void aStatusTellsWhyFramesWereLeftOutAndHowManyWereReused() throws Exception {
        RecordSchema schema = new RecordSchema("status");
        StreamStatus status =
                new StreamStatus(
                        "yard",
                        1_700_000_000_000L,
                        StreamState.UP,
                        100,
                        80,
                        30,
                        Map.of(SampledOut.MOTION, 12L, SampledOut.KEYFRAME, 8L),
                        Map.of(),
                        Map.of(),
                        0,
                        null,
                        null);
        byte[] json = StatusJson.write(status);

        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains(
                        "\"reused\":30,\"sampledOut\":20,\"sampledOutBy\":{\"keyframe\":8,"
                                + "\"motion\":12}");
        assertThat(StatusJson.read(json)).isEqualTo(status);
        assertThat(schema.problems(json)).isEmpty();
        assertThat(schema.undescribed(json)).isEmpty();
    }

    @Test
    void errorsRoundTripAndFitTheirSchema() throws Exception {
        RecordSchema schema = new RecordSchema("error");
        byte[] bytes = {0, 1, (byte) 0xFF};
        byte[] with = ErrorJson.write(new FailedFrame("yard", 7, 12, "corrupt", "cut off", bytes));
        byte[] without = ErrorJson.write(new FailedFrame("yard", 7, 12, "empty", "no bytes", null));

        assertThat(ErrorJson.read(with))
                .usingRecursiveComparison()
                .isEqualTo(new FailedFrame("yard", 7, 12, "corrupt", "cut off", bytes));
        assertThat(ErrorJson.read(without).bytes()).isNull();
        for (byte[] json : List.of(with, without)) {
            assertThat(schema.problems(json)).isEmpty();
            assertThat(schema.undescribed(json)).isEmpty();
        }
        assertThatThrownBy(
                        () ->
                                ErrorJson.read(
                                        utf8(
                                                new String(with, StandardCharsets.UTF_8)
                                                        .replace("AAH/", "?!"))))
                .hasMessage("error record: field bytes must be base64");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
