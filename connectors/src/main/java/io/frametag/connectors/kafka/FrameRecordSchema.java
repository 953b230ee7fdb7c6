package io.frametag.connectors.kafka;

import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each record of the frames topic as a frame. No record is left out: where a header is absent or
 * malformed its replacement is used, and what was wrong is kept as the frame's attribute {@value
 * #BAD_HEADER} and counted; a record without a value is a frame without bytes, which decoding
 * rejects as {@code empty}, as it does others that are no pictures.
 */
final class FrameRecordSchema implements KafkaRecordDeserializationSchema<StreamItem> {

    static final String BAD_HEADER = "bad-header";
    static final String PARTITION = "kafka-partition";
    static final String OFFSET = "kafka-offset";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(FrameRecordSchema.class);
    private static final byte[] EMPTY = {};

    private final Clock clock;
    private final Delivery delivery;
    private transient Counter badHeaders = new SimpleCounter();

    /**
     * @param delivery what the frames are owed
     */
    FrameRecordSchema(Clock clock, Delivery delivery) {
        this.clock = clock;
        this.delivery = delivery;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        badHeaders = context.getMetricGroup().counter("badHeaders");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<StreamItem> out) {
        HeaderReader headers = new HeaderReader(record);
        String stream = headers.stream();
        long sequence = headers.number(FrameHeaders.SEQUENCE, record.offset());
        long frameTime = headers.number(FrameHeaders.FRAME_TIME, record.timestamp());
        PictureCodec codec = headers.codec();
        out.collect(
                new Frame(
                        stream,
                        sequence,
                        frameTime,
                        clock.millis(),
                        codec,
                        record.value() == null ? EMPTY : record.value(),
                        null,
                        attributes(record, headers),
                        delivery));
    }

    private Map<String, String> attributes(
            ConsumerRecord<byte[], byte[]> record, HeaderReader headers) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(PARTITION, String.valueOf(record.partition()));
        attributes.put(OFFSET, String.valueOf(record.offset()));
        String problem = headers.problem();
        if (problem != null) {
            attributes.put(BAD_HEADER, problem);
            badHeaders.inc();
            if (Long.bitCount(badHeaders.getCount()) == 1) {
                // Said at the 1st, 2nd, 4th, 8th … so that a bad producer can't flood the log.
                LOG.warn(
                        "{}-{}@{}: {} ({} frames with bad headers so far)",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        problem,
                        badHeaders.getCount());
            }
        }
        return attributes;
    }

    @Override
    public TypeInformation<StreamItem> getProducedType() {
        return TypeInformation.of(StreamItem.class);
    }
}
