package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a JSON object, the value of a record on the cameras topic; see {@code
 * docs/schemas/camera.schema.json}. Thread-safe.
 */
@PublicEvolving
public final class StreamJson {

    private StreamJson() {}

    /** The entry as one UTF-8 JSON object on one line, its address with all that is in it. */
    public static byte[] write(StreamEntry entry) {
        return write(entry, entry.uri());
    }

    /** The same with user name and password hidden, for showing. */
    public static byte[] writeShown(StreamEntry entry) {
        return write(entry, entry.stream().shownUri());
    }

    private static byte[] write(StreamEntry entry, String uri) {
        return JsonRecord.write(
                json -> {
                    json.writeStringField("id", entry.id());
                    json.writeStringField("uri", uri);
                    writeText(json, "sample", entry.sample());
                    writeFlag(json, "keyframes", entry.keyframes());
                    writeText(json, "delivery", entry.delivery());
                    writeText(json, "transport", entry.transport());
                    writeFlag(json, "realTime", entry.realTime());
                    writeFlag(json, "loop", entry.loop());
                });
    }

    private static void writeText(JsonGenerator json, String field, @Nullable String text)
            throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    private static void writeFlag(JsonGenerator json, String field, @Nullable Boolean flag)
            throws IOException {
        if (flag != null) {
            json.writeBooleanField(field, flag);
        }
    }

    /**
     * Reads one entry, strictly: fields that are not known, of a wrong type or outside their bounds
     * are refused.
     *
     * @param source what the error's message calls the record, such as its topic and offset
     * @throws StreamListException where the bytes are no such entry; says where and why in one line
     */
    public static StreamEntry read(String source, byte[] bytes) throws StreamListException {
        try {
            return new StreamEntryReader(source).read(LocatedReader.json(source, bytes));
        } catch (PromptException e) {
            throw new StreamListException(e.getMessage(), e);
        }
    }
}
