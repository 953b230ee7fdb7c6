package io.frametag.connectors.kafka;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptJson;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import org.apache.flink.annotation.Internal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the prompts topic as it was read. Public for Flink's sake alone, which writes it as a
 * POJO.
 *
 * @param partition that it was read from
 * @param offset of the record
 * @param key id of the prompt, in UTF-8
 * @param value the prompt in JSON; null deletes it
 */
@Internal
public record PromptRecord(
        int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {

    static PromptRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new PromptRecord(record.partition(), record.offset(), record.key(), record.value());
    }

    String id() {
        return PromptKeys.text(key);
    }

    /** The change that this record makes. */
    PromptChange change(String topic) throws PromptException {
        String source = topic + "-" + partition + "@" + offset;
        if (id().isBlank()) {
            throw new PromptException(source + ": key () must be the id of the prompt");
        }
        if (value == null) {
            return PromptChange.delete(id(), offset);
        }
        Prompt prompt = PromptJson.read(source, value);
        if (!prompt.id().equals(id())) {
            throw new PromptException(
                    source
                            + ": id ("
                            + prompt.id()
                            + ") must equal the record's key ("
                            + id().replaceAll("\\p{Cc}", "?")
                            + ")");
        }
        return PromptChange.put(offset, prompt);
    }
}
