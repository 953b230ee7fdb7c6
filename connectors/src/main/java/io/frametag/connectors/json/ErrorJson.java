package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A frame that could not be processed, or a prompt that could not be used, as a JSON object: the
 * value of a record on the errors topic; see {@code docs/schemas/error.schema.json}. Thread-safe.
 */
@PublicEvolving
public final class ErrorJson {

    private ErrorJson() {}

    /** The frame as one UTF-8 JSON object on one line; its bytes, where it has them, in base64. */
    public static byte[] write(FailedFrame frame) {
        return JsonRecord.write(json -> writeFields(json, frame));
    }

    /** A prompt that could not be used, as one UTF-8 JSON object on one line. */
    public static byte[] write(FailedPrompt failed) {
        return JsonRecord.write(
                json -> {
                    json.writeStringField("prompt", failed.id());
                    json.writeNumberField("version", failed.version());
                    json.writeStringField("reason", failed.reason());
                    json.writeStringField("detail", failed.detail());
                });
    }

    /** Whether the record tells of a prompt, not of a frame. */
    public static boolean isOfPrompt(byte[] bytes) throws IOException {
        return JsonRecord.read("error record", bytes).optionalText("prompt") != null;
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
     * Reads a record that tells of a prompt; fields that are not known are passed over.
     *
     * @throws IOException where the bytes are no such record; says why in one line
     */
    public static FailedPrompt readPrompt(byte[] bytes) throws IOException {
        JsonRecord json = JsonRecord.read("error record", bytes);
        return new FailedPrompt(
                json.text("prompt"),
                json.whole("version"),
                json.text("reason"),
                json.text("detail"));
    }

    /**
     * Reads a record that tells of a frame; fields that are not known are passed over.
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
