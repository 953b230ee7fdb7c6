package io.frametag.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The record that goes from the prompts source to its operator needs no Kryo. */
final class PromptRecordTypeTest {

    @Test
    void recordsAreWrittenAsPojosNullsIncluded() throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeInformation<PromptRecord> type = TypeInformation.of(PromptRecord.class);
        assertThat(type).isInstanceOf(PojoTypeInfo.class);
        var serializer = type.createSerializer(config);

        for (PromptRecord record :
                new PromptRecord[] {
                    new PromptRecord(1, 2, new byte[] {3}, new byte[] {4, 5}),
                    new PromptRecord(1, 2, new byte[] {3}, null),
                    new PromptRecord(1, 2, null, null)
                }) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(record, out);

            assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                    .usingRecursiveComparison()
                    .isEqualTo(record);
            assertThat(serializer.copy(record)).usingRecursiveComparison().isEqualTo(record);
        }
    }
}
