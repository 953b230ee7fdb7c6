package io.frametag.connectors.json;

import io.frametag.operators.data.Prompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A file of prompts, in JSON or YAML: a list of prompts, or an object whose only field {@code
 * prompts} is that list. Prompts have the fields of the prompts topic; in a file only {@code id} is
 * needed: the label defaults to the id, and the texts to the label.
 *
 * <pre>{@code
 * prompts:
 *   - id: dog
 *   - id: night
 *     texts: [a street at night, a dark road]
 *     group: time of day
 *     threshold: 0.4
 * }</pre>
 *
 * <p>A file whose name ends in {@code .json} is read as JSON, one in {@code .yaml} or {@code .yml}
 * as YAML; any other as JSON where it begins with a brace or bracket.
 */
@PublicEvolving
public final class PromptFile {

    /** Largest file that is read, in bytes. */
    static final long MAX_BYTES = 3_000_000;

    private PromptFile() {}

    /**
     * Reads all prompts of the file, in its order.
     *
     * @throws PromptException where the file can't be read or any of it is wrong; the message names
     *     the file, the line, the field, the value and the rule
     */
    public static List<Prompt> read(Path file) throws PromptException {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new PromptException(
                        file + " (" + size + " bytes) must have at most " + MAX_BYTES + " bytes");
            }
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new PromptException(
                    file + ": no such file; give the path of a JSON or YAML file of prompts", e);
        } catch (IOException e) {
            throw new PromptException(
                    file + " can't be read (" + Shown.message(String.valueOf(e)) + ")", e);
        }
    }

    /**
     * Reads prompts from the bytes of a file, such as one packaged in a jar.
     *
     * @param name what messages call it; its ending tells JSON from YAML
     */
    public static List<Prompt> parse(String name, byte[] bytes) throws PromptException {
        Located document =
                isJson(name, bytes)
                        ? LocatedReader.json(name, bytes)
                        : LocatedReader.yaml(name, bytes);
        PromptReader reader = new PromptReader(name, true);
        List<Prompt> prompts = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Located item : list(reader, document)) {
            Prompt prompt = reader.read(item);
            Integer earlier = lines.putIfAbsent(prompt.id(), idLine(item));
            if (earlier != null) {
                throw reader.problem(
                        idLine(item),
                        "id ("
                                + Shown.value(prompt.id())
                                + ") must be unique; it is also on line "
                                + earlier);
            }
            prompts.add(prompt);
        }
        return prompts;
    }

    private static List<Located> list(PromptReader reader, Located document)
            throws PromptException {
        Located list = document;
        if (document instanceof Located.Fields fields) {
            for (var entry : fields.entries().entrySet()) {
                if (!entry.getKey().equals("prompts")) {
                    throw reader.problem(
                            entry.getValue().line(),
                            "field ("
                                    + Shown.value(entry.getKey())
                                    + ") is not known; the file has one field, prompts");
                }
            }
            Located.Entry entry = fields.entries().get("prompts");
            list = entry == null ? document : entry.value();
        }
        if (list instanceof Located.Items items) {
            return items.values();
        }
        throw reader.problem(
                list.line(), "prompts (" + list.shown() + ") must be a list of prompts");
    }

    private static int idLine(Located prompt) {
        return ((Located.Fields) prompt).entries().get("id").line();
    }

    private static boolean isJson(String name, byte[] bytes) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return false;
        }
        String start = new String(bytes, StandardCharsets.UTF_8).stripLeading();
        return lower.endsWith(".json") || start.startsWith("{") || start.startsWith("[");
    }
}
