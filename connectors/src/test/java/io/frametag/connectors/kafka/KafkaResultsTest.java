package io.frametag.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.json.ErrorJson;
import io.frametag.connectors.json.RecordSchema;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class KafkaResultsTest {

    private static final KafkaConnection KAFKA = KafkaConnection.to("localhost:9092");

    @Test
    void theTransactionTimeoutIsBelowWhatBrokersAllow() {
        var once = KafkaResults.tags().connection(KAFKA).exactlyOnce("frametag-tags");
        var atLeastOnce = KafkaResults.status().connection(KAFKA);

        assertThat(once.build()).isNotNull();
        assertThat(once.producerProperties(KAFKA))
                .containsEntry("transaction.timeout.ms", "840000")
                .containsEntry("acks", "all");
        assertThat(atLeastOnce.build()).isNotNull();
        assertThat(atLeastOnce.producerProperties(KAFKA))
                .containsEntry("linger.ms", "5")
                .doesNotContainKey("transaction.timeout.ms");
    }

    @Test
    void propertiesOfTheUserComeFirst() {
        var sink =
                KafkaResults.errors()
                        .property("transaction.timeout.ms", "60000")
                        .exactlyOnce("frametag-errors");

        assertThat(sink.producerProperties(KAFKA.with(Map.of("linger.ms", "50"))))
                .containsEntry("transaction.timeout.ms", "60000")
                .containsEntry("linger.ms", "50");
    }

    @Test
    void theTransactionalIdPrefixAndTheConnectionAreNeeded() {
        assertThatThrownBy(() -> KafkaResults.tags().exactlyOnce(" "))
                .hasMessage("transactional id prefix () must be given, and be unique to the job");
        assertThatThrownBy(() -> KafkaResults.tags().build()).hasMessage("connection must be set");
        assertThatThrownBy(() -> KafkaFrames.builder().build())
                .hasMessage("connection must be set");
    }

    @Test
    void bytesOfLargeFailedFramesAreLeftOut() throws Exception {
        ResultSchema<FailedFrame> schema =
                new ResultSchema<>(
                        "errors",
                        FailedFrame::stream,
                        frame -> ErrorJson.write(KafkaResults.withinLimit(frame)));

        ProducerRecord<byte[], byte[]> small = schema.serialize(failed(512 << 10), null, null);
        ProducerRecord<byte[], byte[]> large =
                schema.serialize(failed((512 << 10) + 1), null, null);

        assertThat(new String(small.key(), StandardCharsets.UTF_8)).isEqualTo("yard");
        assertThat(small.value()).hasSizeLessThan(1 << 20);
        assertThat(ErrorJson.read(small.value()).bytes()).hasSize(512 << 10);
        assertThat(ErrorJson.read(large.value()).bytes()).isNull();
    }

    @Test
    void promptErrorsFitTheSchemaOfErrors() throws Exception {
        FailedPrompt failed = new FailedPrompt("dog", 3, "invalid", "no texts");
        byte[] json = ErrorJson.write(failed);
        RecordSchema schema = new RecordSchema("error");

        assertThat(schema.problems(json)).isEmpty();
        assertThat(schema.undescribed(json)).isEmpty();
        assertThat(ErrorJson.isOfPrompt(json)).isTrue();
        assertThat(ErrorJson.readPrompt(json)).isEqualTo(failed);
        assertThat(ErrorJson.isOfPrompt(ErrorJson.write(failed(1)))).isFalse();
    }

    private static FailedFrame failed(int size) {
        return new FailedFrame("yard", 1, 2, "corrupt", "cut off", new byte[size]);
    }
}
