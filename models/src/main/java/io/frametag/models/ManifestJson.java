package io.frametag.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frametag.models.picture.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code model.json}. Fields that are not known are ignored, so that folders made
 * by others may say more than we ask.
 */
final class ManifestJson {

    private static final long MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ManifestJson() {}

    static ModelManifest read(Path file) throws ModelException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException(
                        file + " is larger than 1 MiB, too large for a manifest; import the model");
            }
            return parse(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    file + " is not JSON (" + e.getOriginalMessage() + "); import the model again",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage() + "; correct the field", e);
        } catch (IOException e) {
            throw new ModelException(file + " can't be read: " + e, e);
        }
    }

    private static ModelManifest parse(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("the manifest must be a JSON object");
        }
        int version = root.path("formatVersion").asInt(ModelManifest.FORMAT_VERSION);
        if (version != ModelManifest.FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    "formatVersion (" + version + ") must be " + ModelManifest.FORMAT_VERSION);
        }
        String name = text(root, "name", null);
        return new ModelManifest(
                name,
                text(root, "architecture", name),
                imageSize(field(root, "imageSize")),
                floats(root, "mean"),
                floats(root, "std"),
                resampling(text(root, "resize", "bilinear")),
                (int) number(root, "embeddingSize"),
                (float) number(root, "temperature"),
                text(root, "precision", "fp32"),
                hashes(field(root, "sha256")));
    }

    private static JsonNode field(JsonNode root, String name) {
        JsonNode value = root.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
    }

    private static String text(JsonNode root, String name, @Nullable String otherwise) {
        if (otherwise != null && !root.has(name)) {
            return otherwise;
        }
        JsonNode value = field(root, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a string");
        }
        return value.textValue();
    }

    private static double number(JsonNode root, String name) {
        JsonNode value = field(root, name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a number");
        }
        return value.doubleValue();
    }

    private static ImageSize imageSize(JsonNode value) {
        if (value.isInt()) {
            return new ImageSize(value.intValue(), value.intValue());
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException(
                    "imageSize (" + value + ") must be a number or {\"width\": W, \"height\": H}");
        }
        return new ImageSize((int) number(value, "width"), (int) number(value, "height"));
    }

    private static List<Float> floats(JsonNode root, String name) {
        JsonNode value = field(root, name);
        List<Float> numbers = new ArrayList<>();
        value.forEach(n -> numbers.add(n.isNumber() ? n.floatValue() : Float.NaN));
        if (!value.isArray() || numbers.size() != 3 || numbers.contains(Float.NaN)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be three numbers");
        }
        return numbers;
    }

    private static Resampling resampling(String id) {
        for (Resampling resampling : Resampling.values()) {
            if (resampling.id().equals(id.toLowerCase(Locale.ROOT))) {
                return resampling;
            }
        }
        throw new IllegalArgumentException("resize (" + id + ") must be bilinear or bicubic");
    }

    private static Map<String, String> hashes(JsonNode value) {
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String hash = entry.getValue().asText().toLowerCase(Locale.ROOT);
            if (!hash.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "sha256." + entry.getKey() + " must be 64 hexadecimal digits");
            }
            hashes.put(entry.getKey(), hash);
        }
        return hashes;
    }

    static void write(ModelManifest manifest, Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("formatVersion", ModelManifest.FORMAT_VERSION);
        root.put("name", manifest.name());
        root.put("architecture", manifest.architecture());
        root.putObject("imageSize")
                .put("width", manifest.imageSize().width())
                .put("height", manifest.imageSize().height());
        ArrayNode mean = root.putArray("mean");
        manifest.mean().forEach(mean::add);
        ArrayNode std = root.putArray("std");
        manifest.std().forEach(std::add);
        root.put("resize", manifest.resize().id());
        root.put("embeddingSize", manifest.embeddingSize());
        root.put("temperature", manifest.temperature());
        root.put("precision", manifest.precision());
        ObjectNode hashes = root.putObject("sha256");
        manifest.sha256().forEach(hashes::put);
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }
}
