package io.frametag.connectors.kafka;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamJson;
import io.frametag.connectors.json.StreamListException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads records of the cameras topic: key id, value JSON, none where the camera is gone. */
final class CameraRecord {

    private CameraRecord() {}

    /** The camera of that record; null where it deletes one. */
    static @Nullable StreamEntry entry(ConsumerRecord<byte[], byte[]> record)
            throws StreamListException {
        String source = record.topic() + "-" + record.partition() + "@" + record.offset();
        String key = PromptKeys.text(record.key());
        if (key.isBlank()) {
            throw new StreamListException(source + ": key () must be the id of the camera");
        }
        if (record.value() == null) {
            return null;
        }
        StreamEntry entry = StreamJson.read(source, record.value());
        if (!entry.id().equals(key)) {
            throw new StreamListException(
                    source
                            + ": id ("
                            + entry.id()
                            + ") must equal the record's key ("
                            + key.replaceAll("\\p{Cc}", "?")
                            + ")");
        }
        return entry;
    }
}
