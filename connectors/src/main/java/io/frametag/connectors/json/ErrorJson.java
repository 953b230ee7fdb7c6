package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.frametag.operators.data.FailedFrame;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A frame that could not be processed as a JSON object, the value of a record on the errors topic;
 * see {@code docs/schemas/error.schema.json}. Thread-safe.
 */
@PublicEvolving
public final class ErrorJson {

    private ErrorJson() {}

    /** The frame as one UTF-8 JSON object on one line; its bytes, where it has them, in base64. */
    public static byte[] write(FailedFrame frame) {
        return JsonRecord.write(json -> writeFields(json, frame));
    }

    private static void writeFields(JsonGenerator json, FailedFrame frame) throws IOException {
        json.writeStringField("stream", frame.stream());
        json.writeNumberField("sequence", frame.sequence());
        json.writeNumberField("frameTime", frame.frameTime());
        json.writeStringField("reason", frame.reason());
        json.writeStringField("detail", frame.detail());
        if (frame.bytes() != null) {
            json.writeBinaryField("bytes", frame.bytes());
        }
    }

    /**
     * Reads what {@link #write} gives; fields that are not known are passed over.
     *
     * @throws IOException where the bytes are no such record; says why in one line
     */
    public static FailedFrame read(byte[] bytes) throws IOException {
        JsonRecord json = JsonRecord.read("error record", bytes);
        return new FailedFrame(
                json.text("stream"),
                json.whole("sequence"),
                json.whole("frameTime"),
                json.text("reason"),
                json.text("detail"),
                json.optionalBytes("bytes"));
    }
}
