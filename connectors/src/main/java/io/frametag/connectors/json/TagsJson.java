package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The tags of a frame as a JSON object, the value of a record on the tags topic; see {@code
 * docs/schemas/tags.schema.json}. Scores and probabilities are rounded to five decimals.
 * Thread-safe.
 */
@PublicEvolving
public final class TagsJson {

    private TagsJson() {}

    /** The tags as one UTF-8 JSON object on one line, without a line end. */
    public static byte[] write(FrameTags tags) {
        return JsonRecord.write(json -> writeFields(json, tags));
    }

    private static void writeFields(JsonGenerator json, FrameTags tags) throws IOException {
        json.writeStringField("stream", tags.stream());
        json.writeNumberField("sequence", tags.sequence());
        json.writeNumberField("frameTime", tags.frameTime());
        json.writeStringField("model", tags.model().toString());
        json.writeNumberField("promptSetVersion", tags.promptSetVersion());
        json.writeArrayFieldStart("tags");
        for (Tag tag : tags.tags()) {
            json.writeStartObject();
            json.writeStringField("prompt", tag.prompt());
            json.writeNumberField("version", tag.version());
            json.writeStringField("label", tag.label());
            JsonRecord.writeDecimal(json, "score", tag.score());
            JsonRecord.writeDecimal(json, "probability", tag.probability());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Reads what {@link #write} gives; fields that are not known are passed over.
     *
     * @throws IOException where the bytes are no such record; says why in one line
     */
    public static FrameTags read(byte[] bytes) throws IOException {
        JsonRecord json = JsonRecord.read("tags record", bytes);
        List<Tag> tags = new ArrayList<>();
        for (JsonNode node : json.list("tags")) {
            JsonRecord tag = JsonRecord.of("tags record: tag", node);
            tags.add(
                    new Tag(
                            tag.text("prompt"),
                            tag.whole("version"),
                            tag.text("label"),
                            tag.decimal("score"),
                            tag.decimal("probability")));
        }
        return new FrameTags(
                json.text("stream"),
                json.whole("sequence"),
                json.whole("frameTime"),
                model(json.text("model")),
                json.whole("promptSetVersion"),
                tags);
    }

    private static ModelId model(String text) throws IOException {
        try {
            return ModelId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("tags record: " + e.getMessage(), e);
        }
    }
}
