package io.frametag.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.json.RecordSchema;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameRecordSchemaTest {

    private static final long NOW = 1_700_000_009_999L;
    private static final long RECORD_TIME = 1_700_000_000_500L;
    private static final Delivery DELIVERY = Delivery.freshest(Duration.ofSeconds(3));
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1};

    private final FrameRecordSchema schema =
            new FrameRecordSchema(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), DELIVERY);

    @Test
    void whatAProducerWritesIsReadBack() {
        Frame frame = Frame.compressed("yard", 42, 1_700_000_000_123L, 0, PictureCodec.JPEG, JPEG);
        ProducerRecord<byte[], byte[]> record = FrameRecords.record("frames", frame);

        Frame read = read(record.key(), record.value(), record.headers());

        assertThat(read.stream()).isEqualTo("yard");
        assertThat(read.sequence()).isEqualTo(42);
        assertThat(read.frameTime()).isEqualTo(1_700_000_000_123L);
        assertThat(read.arrivalTime()).isEqualTo(NOW);
        assertThat(read.codec()).isEqualTo(PictureCodec.JPEG);
        assertThat(read.bytes()).isEqualTo(JPEG);
        assertThat(read.delivery()).isEqualTo(DELIVERY);
        assertThat(read.attributes())
                .containsEntry("kafka-partition", "3")
                .containsEntry("kafka-offset", "77")
                .doesNotContainKey("bad-header");
        assertThat(record.timestamp()).isNull();
    }

    @Test
    void headersOfAProducerFitTheirSchema() throws Exception {
        RecordSchema published = new RecordSchema("frame-headers");
        for (PictureCodec codec : PictureCodec.values()) {
            Frame frame = Frame.compressed("yard é", 0, 0, 0, codec, JPEG);
            byte[] json = json(FrameRecords.record("frames", frame).headers());

            assertThat(published.problems(json)).isEmpty();
            assertThat(published.undescribed(json)).isEmpty();
        }
    }

    @Test
    void absentHeadersAreReplaced() {
        Frame keyed = read(utf8("yard"), JPEG, new RecordHeaders());
        Frame bare = read(null, JPEG, new RecordHeaders());

        assertThat(keyed.stream()).isEqualTo("yard");
        assertThat(keyed.sequence()).isEqualTo(77);
        assertThat(keyed.frameTime()).isEqualTo(RECORD_TIME);
        assertThat(keyed.codec()).isNull();
        assertThat(keyed.attributes()).doesNotContainKey("bad-header");
        assertThat(bare.stream()).isEqualTo("frames-3");
    }

    @Test
    void aRecordWithoutAValueIsAFrameWithoutBytes() {
        assertThat(read(utf8("yard"), null, new RecordHeaders()).bytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sequence | abc | header sequence (abc) must be a whole number from 0 on, in decimal digits",
                "sequence | -1 | header sequence (-1) must be a whole number from 0 on",
                "sequence | 99999999999999999999 | header sequence (99999999999999999999) must be",
                "frame-time | 1.5e9 | header frame-time (1.5e9) must be a whole number from 0 on",
                "codec | gif | header codec (gif) must be one of jpeg, png, webp, h264, hevc",
                "stream | '' | header stream () must be 1 to 249 characters of text",
                "stream | 'a\tb' | header stream (a?b) must be 1 to 249 characters of text",
            })
    void malformedHeadersAreReplacedKeptAsAnAttributeAndAgainstTheSchema(
            String name, String value, String problem) throws Exception {
        Headers headers = new RecordHeaders().add(name, utf8(value));

        Frame frame = read(utf8("yard"), JPEG, headers);

        assertThat(frame.stream()).isEqualTo("yard");
        assertThat(frame.sequence()).isEqualTo(77);
        assertThat(frame.frameTime()).isEqualTo(RECORD_TIME);
        assertThat(frame.codec()).isNull();
        assertThat(frame.attributes().get("bad-header")).startsWith(problem);
        assertThat(new RecordSchema("frame-headers").problems(json(headers))).isNotEmpty();
    }

    @Test
    void namesThatAreNotUtf8AreReplaced() {
        byte[] notText = {(byte) 0xC3, (byte) 0x28};
        Headers headers = new RecordHeaders().add("stream", notText);

        Frame frame = read(notText, JPEG, headers);

        assertThat(frame.stream()).isEqualTo("frames-3");
        assertThat(frame.attributes()).containsKey("bad-header");
    }

    @Test
    void framesWithPixelsAreNotProduced() {
        Frame frame = Frame.decoded("yard", 1, 2, 3, new Picture(1, 1, new byte[3]));

        assertThatThrownBy(() -> FrameRecords.record("frames", frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Frame[yard #1 at 2 ms] carries pixels: compress its picture");
    }

    private Frame read(byte[] key, byte[] value, Headers headers) {
        List<StreamItem> out = new ArrayList<>();
        schema.deserialize(
                new ConsumerRecord<>(
                        "frames",
                        3,
                        77,
                        RECORD_TIME,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        key,
                        value,
                        headers,
                        Optional.empty()),
                new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return (Frame) out.get(0);
    }

    private static byte[] json(Headers headers) {
        StringBuilder json = new StringBuilder();
        for (Header header : headers) {
            json.append(json.isEmpty() ? "{" : ",")
                    .append('"')
                    .append(header.key())
                    .append("\":\"")
                    .append(new String(header.value(), StandardCharsets.UTF_8).replace("\t", "\\t"))
                    .append('"');
        }
        return utf8(json + "}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
