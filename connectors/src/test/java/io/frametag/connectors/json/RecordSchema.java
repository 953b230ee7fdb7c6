package io.frametag.connectors.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** A published schema, to check records against. */
public final class RecordSchema {

    private static final Path SCHEMAS = Path.of("..", "docs", "schemas");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode node;
    private final JsonSchema schema;

    public RecordSchema(String name) throws IOException {
        node = MAPPER.readTree(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node);
    }

    /** What is wrong with a record, empty where nothing is. */
    public Set<String> problems(byte[] json) {
        Set<String> problems = new TreeSet<>();
        schema.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON)
                .forEach(message -> problems.add(message.getMessage()));
        return problems;
    }

    /** Fields of a record that its schema does not describe. */
    public Set<String> undescribed(byte[] json) throws IOException {
        Set<String> fields = new TreeSet<>();
        Iterator<String> names = MAPPER.readTree(json).fieldNames();
        names.forEachRemaining(fields::add);
        node.get("properties").fieldNames().forEachRemaining(fields::remove);
        return fields;
    }
}
