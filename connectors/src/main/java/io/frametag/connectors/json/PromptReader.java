package io.frametag.connectors.json;

import io.frametag.operators.data.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a located object into a {@link Prompt}, or says in one line why it is none. */
final class PromptReader {

    /** Most characters of an id, a label, a group or a stream id. */
    static final int MAX_NAME_LENGTH = 249;

    /** Most characters of a text, a template or a negative; the encoders see far fewer. */
    static final int MAX_TEXT_LENGTH = 2_000;

    /** Most entries of one list. */
    static final int MAX_ENTRIES = 1_000;

    /** The fields of a prompt, in the order they are written. */
    static final List<String> FIELDS =
            List.of(
                    "id",
                    "label",
                    "texts",
                    "templates",
                    "negatives",
                    "group",
                    "threshold",
                    "streams");

    private final String source;
    private final boolean textsDefaultToLabel;

    /**
     * @param source what the messages call the document
     * @param textsDefaultToLabel whether texts may be left out, as in prompt files
     */
    PromptReader(String source, boolean textsDefaultToLabel) {
        this.source = source;
        this.textsDefaultToLabel = textsDefaultToLabel;
    }

    Prompt read(Located document) throws PromptException {
        if (!(document instanceof Located.Fields fields)) {
            throw problem(
                    document.line(), "prompt (" + document.shown() + ") must be an object with id");
        }
        for (var entry : fields.entries().entrySet()) {
            if (!FIELDS.contains(entry.getKey())) {
                throw problem(
                        entry.getValue().line(),
                        "field ("
                                + Shown.value(entry.getKey())
                                + ") is not known; a prompt has "
                                + String.join(", ", FIELDS));
            }
        }
        String id = name(fields, "id");
        if (id == null) {
            throw problem(fields.line(), "field id is missing: give each prompt an id of its own");
        }
        String givenLabel = name(fields, "label");
        String label = givenLabel == null ? id : givenLabel;
        return new Prompt(
                id,
                label,
                texts(fields, label),
                templates(fields),
                list(fields, "negatives", MAX_TEXT_LENGTH),
                name(fields, "group"),
                threshold(fields),
                streams(fields));
    }

    private List<String> texts(Located.Fields fields, String label) throws PromptException {
        Located value = fields.get("texts");
        if (value == null) {
            if (textsDefaultToLabel) {
                return List.of(label);
            }
            throw problem(
                    fields.line(),
                    "field texts is missing: give a list of one or more descriptions");
        }
        List<String> texts = list(fields, "texts", MAX_TEXT_LENGTH);
        if (texts.isEmpty()) {
            throw problem(value.line(), "texts ([]) must have one or more descriptions");
        }
        return texts;
    }

    private List<String> templates(Located.Fields fields) throws PromptException {
        List<String> templates = list(fields, "templates", MAX_TEXT_LENGTH);
        for (int i = 0; i < templates.size(); i++) {
            if (!templates.get(i).contains("{}")) {
                int line = ((Located.Items) fields.get("templates")).values().get(i).line();
                throw problem(
                        line,
                        "templates ("
                                + Shown.value(templates.get(i))
                                + ") must contain {} where the text goes");
            }
        }
        return templates;
    }

    private @Nullable Double threshold(Located.Fields fields) throws PromptException {
        Located value = fields.get("threshold");
        if (value == null) {
            return null;
        }
        if (value instanceof Located.Numeric number && number.value() >= 0 && number.value() <= 1) {
            return number.value();
        }
        throw problem(
                value.line(), "threshold (" + value.shown() + ") must be a number from 0 to 1");
    }

    private Set<String> streams(Located.Fields fields) throws PromptException {
        Set<String> streams = new HashSet<>();
        for (String stream : list(fields, "streams", MAX_NAME_LENGTH)) {
            if (stream.chars().anyMatch(Character::isISOControl)) {
                throw problem(
                        fields.entries().get("streams").value().line(),
                        "streams (" + Shown.value(stream) + ") must have no control characters");
            }
            streams.add(stream);
        }
        return streams;
    }

    private @Nullable String name(Located.Fields fields, String field) throws PromptException {
        Located value = fields.get(field);
        if (value == null) {
            return null;
        }
        String text = text(field, value, MAX_NAME_LENGTH);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw problem(
                    value.line(),
                    field + " (" + value.shown() + ") must have no control characters");
        }
        return text;
    }

    private List<String> list(Located.Fields fields, String field, int maxLength)
            throws PromptException {
        Located value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Located.Items items) || items.values().size() > MAX_ENTRIES) {
            throw problem(
                    value.line(),
                    field
                            + " ("
                            + value.shown()
                            + ") must be a list of at most "
                            + MAX_ENTRIES
                            + " texts, such as [\"a dog\"]");
        }
        List<String> texts = new ArrayList<>();
        for (Located item : items.values()) {
            texts.add(text(field, item, maxLength));
        }
        return texts;
    }

    private String text(String field, Located value, int maxLength) throws PromptException {
        if (!(value instanceof Located.Text text)) {
            throw problem(
                    value.line(),
                    field + " (" + value.shown() + ") must be text; put it in quotes if it is");
        }
        if (text.value().isBlank() || text.value().length() > maxLength) {
            throw problem(
                    value.line(),
                    field
                            + " ("
                            + value.shown()
                            + ") must have from 1 to "
                            + maxLength
                            + " characters that are not all blank");
        }
        return text.value();
    }

    PromptException problem(int line, String problem) {
        return new PromptException(source + ", line " + line + ": " + problem);
    }
}
