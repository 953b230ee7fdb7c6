package io.frametag.connectors.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands on the records of the prompts topic as they are. */
final class PromptRecordSchema implements KafkaRecordDeserializationSchema<PromptRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PromptRecord> out) {
        out.collect(PromptRecord.of(record));
    }

    @Override
    public TypeInformation<PromptRecord> getProducedType() {
        return TypeInformation.of(PromptRecord.class);
    }
}
