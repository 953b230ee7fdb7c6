package io.frametag.connectors.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a located object into a {@link StreamEntry}, or says in one line why it is none. */
final class StreamEntryReader {

    /** Most characters of an id. */
    static final int MAX_ID_LENGTH = 249;

    /** Most characters of an address. */
    static final int MAX_URI_LENGTH = 2_000;

    private static final int MAX_WORD_LENGTH = 100;

    /** The fields of an entry, in the order they are written. */
    static final List<String> FIELDS =
            List.of(
                    "id",
                    "uri",
                    "sample",
                    "keyframes",
                    "delivery",
                    "transport",
                    "realTime",
                    "loop");

    private final String source;

    /**
     * @param source what the messages call the document
     */
    StreamEntryReader(String source) {
        this.source = source;
    }

    StreamEntry read(Located document) throws StreamListException {
        if (!(document instanceof Located.Fields fields)) {
            // Not shown: where a list is expected, an address may stand here with its password.
            throw problem(document.line(), "a camera must be an object with id and uri");
        }
        for (var entry : fields.entries().entrySet()) {
            if (!FIELDS.contains(entry.getKey())) {
                throw problem(
                        entry.getValue().line(),
                        "field ("
                                + Shown.value(entry.getKey())
                                + ") is not known; a camera has "
                                + String.join(", ", FIELDS));
            }
        }
        StreamEntry entry =
                new StreamEntry(
                        needed(fields, "id", MAX_ID_LENGTH),
                        needed(fields, "uri", MAX_URI_LENGTH),
                        text(fields, "sample", MAX_WORD_LENGTH),
                        flag(fields, "keyframes"),
                        text(fields, "delivery", MAX_WORD_LENGTH),
                        text(fields, "transport", MAX_WORD_LENGTH),
                        flag(fields, "realTime"),
                        flag(fields, "loop"));
        try {
            entry.stream();
        } catch (IllegalArgumentException e) {
            throw problem(fields.line(), "camera " + Shown.value(entry.id()) + ": " + reason(e));
        }
        return entry;
    }

    private static String reason(IllegalArgumentException e) {
        return Shown.message(String.valueOf(e.getMessage()));
    }

    private String needed(Located.Fields fields, String field, int maxLength)
            throws StreamListException {
        String value = text(fields, field, maxLength);
        if (value == null) {
            throw problem(
                    fields.line(), "field " + field + " is missing: a camera needs id and uri");
        }
        return value;
    }

    private @Nullable String text(Located.Fields fields, String field, int maxLength)
            throws StreamListException {
        Located value = fields.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Located.Text text)) {
            throw problem(
                    value.line(),
                    field + " (" + value.shown() + ") must be text; put it in quotes if it is");
        }
        boolean malformed =
                text.value().isBlank()
                        || text.value().length() > maxLength
                        || text.value().chars().anyMatch(Character::isISOControl);
        if (malformed) {
            String shown = field.equals("uri") ? "uri" : field + " (" + value.shown() + ")";
            throw problem(
                    value.line(),
                    shown
                            + " must have from 1 to "
                            + maxLength
                            + " characters, not all blank and no control characters");
        }
        return text.value();
    }

    private @Nullable Boolean flag(Located.Fields fields, String field) throws StreamListException {
        Located value = fields.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Located.Flag flag) {
            return flag.value();
        }
        throw problem(value.line(), field + " (" + value.shown() + ") must be true or false");
    }

    StreamListException problem(int line, String problem) {
        return new StreamListException(source + ", line " + line + ": " + problem);
    }
}
