package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON or YAML document with the line of each value. Fields given twice, anything after
 * the document, YAML aliases (a few lines of which can stand for gigabytes) and deep nesting are
 * refused.
 */
final class LocatedReader {

    private static final int MAX_DEPTH = 16;

    private final String source;
    private final JsonParser parser;

    private LocatedReader(String source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    static Located json(String source, byte[] bytes) throws PromptException {
        return read(source, bytes, new JsonFactory());
    }

    static Located yaml(String source, byte[] bytes) throws PromptException {
        return read(source, bytes, new YAMLFactory());
    }

    private static Located read(String source, byte[] bytes, JsonFactory factory)
            throws PromptException {
        try (JsonParser parser = factory.createParser(bytes)) {
            return new LocatedReader(source, parser).document();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new PromptException(
                    source
                            + ", line "
                            + line
                            + ": not well-formed: "
                            + Shown.message(e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new PromptException(
                    source + ": must be UTF-8 text: " + Shown.message(String.valueOf(e)), e);
        }
    }

    private Located document() throws IOException, PromptException {
        Located value = value(parser.nextToken(), 0);
        if (parser.nextToken() != null) {
            throw problem(line(), "one document is expected, but more follows: remove it");
        }
        return value;
    }

    private Located value(@Nullable JsonToken token, int depth)
            throws IOException, PromptException {
        if (token == null) {
            throw problem(line(), "the document is empty");
        }
        if (depth > MAX_DEPTH) {
            throw problem(line(), "nested more than " + MAX_DEPTH + " deep");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw problem(
                    line(), "alias (*" + Shown.value(parser.getText()) + ") must be written out");
        }
        int line = line();
        return switch (token) {
            case START_OBJECT -> fields(line, depth);
            case START_ARRAY -> items(line, depth);
            case VALUE_STRING -> new Located.Text(line, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Located.Numeric(line, parser.getDoubleValue(), parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Located.Flag(line, parser.getBooleanValue());
            case VALUE_NULL -> new Located.Nothing(line);
            default -> throw problem(line, "unexpected " + Shown.value(parser.getText()));
        };
    }

    private Located fields(int line, int depth) throws IOException, PromptException {
        Map<String, Located.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int nameLine = line();
            Located value = value(parser.nextToken(), depth + 1);
            Located.Entry earlier = entries.putIfAbsent(name, new Located.Entry(nameLine, value));
            if (earlier != null) {
                throw problem(
                        nameLine,
                        "field ("
                                + Shown.value(name)
                                + ") must be given once; it is also on line "
                                + earlier.line());
            }
        }
        return new Located.Fields(line, entries);
    }

    private Located items(int line, int depth) throws IOException, PromptException {
        List<Located> values = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            values.add(value(token, depth + 1));
            token = parser.nextToken();
        }
        return new Located.Items(line, values);
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private PromptException problem(int line, String problem) {
        return new PromptException(source + ", line " + line + ": " + problem);
    }
}
