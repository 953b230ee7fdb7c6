package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, as records have it: how each is written, and typed access to the fields of one
 * that is read. Fields that are not known are passed over, so that readers of today read the
 * records of later releases.
 */
final class JsonRecord {

    /** Decimal places of scores and probabilities: finer than any decision made on them. */
    private static final int DECIMALS = 5;

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** Writes the fields of one object. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private final String kind;
    private final JsonNode node;

    private JsonRecord(String kind, JsonNode node) {
        this.kind = kind;
        this.node = node;
    }

    static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory can't fail", e);
        }
        return bytes.toByteArray();
    }

    static void writeDecimal(JsonGenerator json, String field, double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " (" + value + ") must be a finite number");
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        json.writeFieldName(field);
        json.writeNumber(rounded.signum() == 0 ? "0" : plain(rounded));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    static void writeCounts(JsonGenerator json, String field, Map<String, Long> counts)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (var count : new TreeMap<>(counts).entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    /**
     * @param kind what messages call the record
     */
    static JsonRecord read(String kind, byte[] bytes) throws IOException {
        try {
            return of(kind, MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    kind + " is not well-formed: " + Shown.message(e.getOriginalMessage()), e);
        }
    }

    static JsonRecord of(String kind, JsonNode node) throws IOException {
        if (!node.isObject()) {
            throw new IOException(kind + " must be a JSON object");
        }
        return new JsonRecord(kind, node);
    }

    String text(String field) throws IOException {
        return required(field, node.path(field).isTextual(), "text").textValue();
    }

    @Nullable String optionalText(String field) throws IOException {
        return node.hasNonNull(field) ? text(field) : null;
    }

    long whole(String field) throws IOException {
        JsonNode value = node.path(field);
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        return required(field, whole, "a whole number").longValue();
    }

    @Nullable Long optionalWhole(String field) throws IOException {
        return node.hasNonNull(field) ? (Long) whole(field) : null;
    }

    double decimal(String field) throws IOException {
        return required(field, node.path(field).isNumber(), "a number").doubleValue();
    }

    byte @Nullable [] optionalBytes(String field) throws IOException {
        if (!node.hasNonNull(field)) {
            return null;
        }
        text(field);
        try {
            return node.path(field).binaryValue();
        } catch (IOException e) {
            throw new IOException(kind + ": field " + field + " must be base64", e);
        }
    }

    /** Empty where the field is absent. */
    Map<String, Long> optionalCounts(String field) throws IOException {
        return node.hasNonNull(field) ? counts(field) : Map.of();
    }

    Map<String, Long> counts(String field) throws IOException {
        JsonRecord counts = of(kind + "." + field, node.path(field));
        Map<String, Long> byReason = new LinkedHashMap<>();
        for (var entry : counts.node.properties()) {
            byReason.put(entry.getKey(), counts.whole(entry.getKey()));
        }
        return byReason;
    }

    JsonNode list(String field) throws IOException {
        return required(field, node.path(field).isArray(), "a list");
    }

    private JsonNode required(String field, boolean right, String type) throws IOException {
        if (!right) {
            throw new IOException(
                    kind
                            + ": field "
                            + field
                            + " ("
                            + Shown.value(node.path(field).toString())
                            + ") must be "
                            + type);
        }
        return node.path(field);
    }
}
