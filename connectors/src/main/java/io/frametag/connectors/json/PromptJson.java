package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.frametag.operators.data.Prompt;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A prompt as a JSON object, the value of a record on the prompts topic; see {@code
 * docs/schemas/prompt.schema.json}. Thread-safe.
 */
@PublicEvolving
public final class PromptJson {

    private PromptJson() {}

    /** The prompt as one UTF-8 JSON object on one line, its lists always written out. */
    public static byte[] write(Prompt prompt) {
        return JsonRecord.write(json -> writeFields(json, prompt));
    }

    private static void writeFields(JsonGenerator json, Prompt prompt) throws IOException {
        json.writeStringField("id", prompt.id());
        json.writeStringField("label", prompt.label());
        writeTexts(json, "texts", prompt.texts());
        writeTexts(json, "templates", prompt.templates());
        writeTexts(json, "negatives", prompt.negatives());
        if (prompt.group() != null) {
            json.writeStringField("group", prompt.group());
        }
        if (prompt.threshold() != null) {
            json.writeNumberField("threshold", prompt.threshold());
        }
        writeTexts(json, "streams", prompt.streams().stream().sorted().toList());
    }

    private static void writeTexts(JsonGenerator json, String field, Collection<String> texts)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /**
     * Reads one prompt, strictly: fields that are not known, of a wrong type or outside their
     * bounds are refused. {@code id} and {@code texts} must be there; the label defaults to the id.
     *
     * @param source what the error's message calls the record, such as its topic and offset
     * @throws PromptException where the bytes are no prompt; says where and why in one line
     */
    public static Prompt read(String source, byte[] bytes) throws PromptException {
        return new PromptReader(source, false).read(LocatedReader.json(source, bytes));
    }
}
