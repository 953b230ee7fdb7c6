package io.frametag.jobs.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.frametag.jobs.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A job as a YAML file: the names of a command's long options with their values, a list where an
 * option may be given several times. What the command line gives goes before what the file says.
 * Cameras may be written out, as a list of objects, and Flink-style options as keys with values.
 */
final class JobFile {

    private static final Set<String> NOT_IN_FILES = Set.of("config", "help", "version", "verbose");

    /** The only key whose list has more in it than values. */
    private static final String CAMERAS = "cameras";

    /** The only key that has keys of its own. */
    private static final String OPTIONS = "option";

    private record Entry(int line, List<String> values) {}

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private JobFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file; its keys are not looked at yet.
     *
     * @throws UserError with the line and the rule, where the file can't be read or is no such file
     */
    static JobFile read(Path file) throws UserError {
        JobFile job = new JobFile(file);
        try (Reader reader = Files.newBufferedReader(file);
                JsonParser parser = new YAMLFactory().createParser(reader)) {
            job.readEntries(parser);
        } catch (NoSuchFileException e) {
            throw UserError.usage("job file " + file + " does not exist; check the path");
        } catch (JsonProcessingException e) {
            throw job.error(e.getLocation(), "no valid YAML (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw UserError.usage(
                    "job file "
                            + file
                            + " can't be read; check that it is a text"
                            + " file that this user may read");
        }
        return job;
    }

    private void readEntries(JsonParser parser) throws IOException, UserError {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw error(parser.currentTokenLocation(), "must hold lines of the form KEY: VALUE");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonLocation location = parser.currentTokenLocation();
            parser.nextToken();
            List<String> values = readEntry(key, parser);
            if (entries.put(key, new Entry(location.getLineNr(), values)) != null) {
                throw error(location, "gives '" + key + "' twice; write several values as a list");
            }
        }
    }

    private List<String> readEntry(String key, JsonParser parser) throws IOException, UserError {
        JsonToken token = parser.currentToken();
        if (key.equals(CAMERAS) && token == JsonToken.START_ARRAY) {
            return passOverCameras(parser);
        }
        return key.equals(OPTIONS) && token == JsonToken.START_OBJECT
                ? readOptions(parser)
                : readValues(parser);
    }

    /** Flink writes lists with semicolons. */
    private List<String> readOptions(JsonParser parser) throws IOException, UserError {
        List<String> options = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            options.add(key + "=" + String.join(";", readValues(parser)));
        }
        return options;
    }

    /** A list of cameras is read where it is needed: this file is the list then. */
    private List<String> passOverCameras(JsonParser parser) throws IOException {
        parser.skipChildren();
        return List.of(file.toString());
    }

    private List<String> readValues(JsonParser parser) throws IOException, UserError {
        List<String> values = new ArrayList<>();
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        JsonToken token = list ? parser.nextToken() : parser.currentToken();
        while (token != JsonToken.END_ARRAY) {
            if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
                throw error(
                        parser.currentTokenLocation(), "needs a value or a list of values here");
            }
            values.add(parser.getText());
            if (!list) {
                break;
            }
            token = parser.nextToken();
        }
        return values;
    }

    /**
     * The arguments that the file adds to those already given.
     *
     * @throws UserError where a key is none of the command's options
     */
    List<String> argumentsBeside(ParseResult given) throws UserError {
        Set<String> known = knownKeys(given.commandSpec());
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw UserError.usage(
                        "job file "
                                + file
                                + ", line "
                                + entry.getValue().line()
                                + ": unknown key '"
                                + entry.getKey()
                                + "'; known keys: "
                                + String.join(", ", known));
            }
            String option = "--" + entry.getKey();
            if (!given.hasMatchedOption(option)) {
                entry.getValue().values().forEach(value -> arguments.add(option + "=" + value));
            }
        }
        return arguments;
    }

    private static Set<String> knownKeys(CommandSpec command) {
        Set<String> keys = new TreeSet<>();
        for (String option : command.optionsMap().keySet()) {
            if (option.startsWith("--") && !NOT_IN_FILES.contains(option.substring(2))) {
                keys.add(option.substring(2));
            }
        }
        return keys;
    }

    private UserError error(JsonLocation location, String rule) {
        int line = location == null ? 1 : location.getLineNr();
        return UserError.usage(
                "job file "
                        + file
                        + ", line "
                        + line
                        + ": "
                        + rule
                        + (rule.contains(";") ? "" : "; see docs/configuration.md"));
    }
}
