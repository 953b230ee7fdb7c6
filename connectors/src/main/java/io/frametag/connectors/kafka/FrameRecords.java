package io.frametag.connectors.kafka;

import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Frame;
import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Frames as records of the frames topic, for those who produce them. */
@PublicEvolving
public final class FrameRecords {

    private FrameRecords() {}

    /**
     * The record of a frame: its compressed picture as value, its stream as key, the rest in
     * headers. The record's own timestamp is left to the producer: Kafka keeps records by it, and
     * would delete at once those of a file whose frame times count from 0.
     *
     * @throws IllegalArgumentException where the frame carries pixels instead of a compressed
     *     picture
     */
    public static ProducerRecord<byte[], byte[]> record(String topic, Frame frame) {
        if (frame.bytes() == null) {
            throw new IllegalArgumentException(frame + " carries pixels: compress its picture");
        }
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, utf8(frame.stream()), frame.bytes());
        record.headers().add(FrameHeaders.STREAM, utf8(frame.stream()));
        record.headers().add(FrameHeaders.SEQUENCE, utf8(String.valueOf(frame.sequence())));
        record.headers().add(FrameHeaders.FRAME_TIME, utf8(String.valueOf(frame.frameTime())));
        PictureCodec codec = frame.codec();
        if (codec != null) {
            record.headers().add(FrameHeaders.CODEC, utf8(codec.id()));
        }
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
