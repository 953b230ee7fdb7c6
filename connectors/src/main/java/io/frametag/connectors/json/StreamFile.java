package io.frametag.connectors.json;

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
 * A file of streams, in JSON or YAML: a list of cameras, or an object whose field {@code cameras}
 * is that list. Each has an id and an address; the rest is left to the job where it is left out.
 *
 * <pre>{@code
 * cameras:
 *   - id: gate
 *     uri: rtsp://${env:CAMERA_USER}:${file:/run/secrets/gate}@10.0.7.12/stream1
 *     sample: 2fps+motion
 *     delivery: live:2s
 *   - id: yard
 *     uri: http://10.0.7.13/video.mjpg
 *     keyframes: true
 * }</pre>
 *
 * <p>A file whose name ends in {@code .json} is read as JSON, one in {@code .yaml} or {@code .yml}
 * as YAML; any other as JSON where it begins with a brace or bracket.
 */
@PublicEvolving
public final class StreamFile {

    /** Largest file that is read, in bytes. */
    static final long MAX_BYTES = 3_000_000;

    /** Most streams of a file. */
    static final int MAX_STREAMS = 10_000;

    private static final String LIST = "cameras";

    private final String name;
    private final StreamEntryReader reader;

    private StreamFile(String name) {
        this.name = name;
        reader = new StreamEntryReader(name);
    }

    /**
     * Reads all streams of the file, in its order.
     *
     * @throws StreamListException where the file can't be read or any of it is wrong; the message
     *     names the file, the line, the field, the value and the rule
     */
    public static List<StreamEntry> read(Path file) throws StreamListException {
        return parse(file.toString(), bytes(file));
    }

    /** Reads those of a file that says other things too, in fields beside {@code cameras}. */
    public static List<StreamEntry> readFromJob(Path file) throws StreamListException {
        return new StreamFile(file.toString()).entries(bytes(file), true);
    }

    static byte[] bytes(Path file) throws StreamListException {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new StreamListException(
                        file + " (" + size + " bytes) must have at most " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StreamListException(
                    file + ": no such file; give the path of a JSON or YAML file of cameras", e);
        } catch (StreamListException e) {
            throw e;
        } catch (IOException e) {
            throw new StreamListException(
                    file + " can't be read (" + Shown.message(String.valueOf(e)) + ")", e);
        }
    }

    /**
     * Reads streams from the bytes of a file.
     *
     * @param name what messages call it; its ending tells JSON from YAML
     */
    public static List<StreamEntry> parse(String name, byte[] bytes) throws StreamListException {
        return new StreamFile(name).entries(bytes, false);
    }

    private List<StreamEntry> entries(byte[] bytes, boolean othersAllowed)
            throws StreamListException {
        List<StreamEntry> entries = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Located item : list(document(bytes), othersAllowed)) {
            StreamEntry entry = reader.read(item);
            Integer earlier = lines.putIfAbsent(entry.id(), item.line());
            if (earlier != null) {
                throw reader.problem(
                        item.line(),
                        "id ("
                                + Shown.value(entry.id())
                                + ") must be unique; it is also on line "
                                + earlier);
            }
            entries.add(entry);
        }
        return entries;
    }

    private Located document(byte[] bytes) throws StreamListException {
        try {
            return isJson(bytes)
                    ? LocatedReader.json(name, bytes)
                    : LocatedReader.yaml(name, bytes);
        } catch (PromptException e) {
            throw new StreamListException(e.getMessage(), e);
        }
    }

    private List<Located> list(Located document, boolean othersAllowed) throws StreamListException {
        Located list = document;
        if (document instanceof Located.Fields fields) {
            for (var entry : fields.entries().entrySet()) {
                if (!othersAllowed && !entry.getKey().equals(LIST)) {
                    throw reader.problem(
                            entry.getValue().line(),
                            "field ("
                                    + Shown.value(entry.getKey())
                                    + ") is not known; the file has one field, "
                                    + LIST);
                }
            }
            Located.Entry entry = fields.entries().get(LIST);
            list = entry == null ? document : entry.value();
        }
        if (!(list instanceof Located.Items items)) {
            throw reader.problem(list.line(), LIST + " must be a list of cameras");
        }
        if (items.values().size() > MAX_STREAMS) {
            throw reader.problem(
                    list.line(), LIST + " must have at most " + MAX_STREAMS + " entries");
        }
        return items.values();
    }

    private boolean isJson(byte[] bytes) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return false;
        }
        String start = new String(bytes, StandardCharsets.UTF_8).stripLeading();
        return lower.endsWith(".json") || start.startsWith("{") || start.startsWith("[");
    }
}
