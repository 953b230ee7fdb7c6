package io.frametag.jobs.tag;

import io.frametag.jobs.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to tag.
 *
 * @param stream id of its stream; empty for a topic, whose records carry their own
 * @param kind what it is
 * @param location a file's path, or a topic's name
 */
record TagSource(String stream, Kind kind, String location) {

    enum Kind {
        VIDEO,
        PICTURE,
        TOPIC
    }

    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");
    private static final Pattern PICTURE_NAME =
            Pattern.compile(".*\\.(jpe?g|png|webp)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /**
     * Understands sources as typed: {@code [NAME=]FILE}, {@code [NAME=]file:FILE} or {@code
     * kafka:TOPIC}. Streams without a name are called like their file; a name that is taken gets a
     * number.
     *
     * @throws UserError where one is none of these, or its file can't be read
     */
    static List<TagSource> parseAll(List<String> texts) throws UserError {
        if (texts.isEmpty()) {
            throw UserError.usage("no source given; name at least one file with --source");
        }
        Set<String> taken = new HashSet<>();
        List<TagSource> sources = new ArrayList<>();
        for (String text : texts) {
            sources.add(parse(text, taken));
        }
        return sources;
    }

    private static TagSource parse(String text, Set<String> taken) throws UserError {
        Matcher named = NAMED.matcher(text);
        boolean hasName = !isFile(text) && named.matches();
        String uri = hasName ? named.group(2) : text;
        Matcher scheme = SCHEME.matcher(uri);
        if (isFile(uri) || !scheme.matches()) {
            return ofFile(uri, hasName ? named.group(1) : "", taken);
        }
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "file" ->
                    ofFile(
                            scheme.group(2).replaceFirst("^//", ""),
                            hasName ? named.group(1) : "",
                            taken);
            case "kafka" -> ofTopic(text, scheme.group(2), hasName);
            default ->
                    throw UserError.usage(
                            "source "
                                    + scheme.group(1)
                                    + ": is not supported; give a"
                                    + " file or kafka:TOPIC");
        };
    }

    private static boolean isFile(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static TagSource ofTopic(String text, String topic, boolean hasName) throws UserError {
        if (hasName) {
            throw UserError.usage(
                    "source "
                            + text
                            + " can't be named; the records of a topic carry"
                            + " the ids of their streams");
        }
        if (!TOPIC_NAME.matcher(topic).matches()) {
            throw UserError.usage(
                    "source "
                            + text
                            + " names no topic; give kafka:TOPIC, with"
                            + " letters, digits, dots, dashes and underscores");
        }
        return new TagSource("", Kind.TOPIC, topic);
    }

    private static TagSource ofFile(String location, String name, Set<String> taken)
            throws UserError {
        checkReadable(location);
        Path fileName = Path.of(location).toAbsolutePath().normalize().getFileName();
        String base = fileName.toString().replaceFirst("(?<=.)\\.[^.]*$", "");
        String wanted = name.isEmpty() ? base : name;
        if (!name.isEmpty() && taken.contains(name)) {
            throw UserError.usage("two sources are named " + name + "; give each its own name");
        }
        String stream = wanted;
        for (int number = 2; !taken.add(stream); number++) {
            stream = wanted + "-" + number;
        }
        Kind kind = PICTURE_NAME.matcher(fileName.toString()).matches() ? Kind.PICTURE : Kind.VIDEO;
        return new TagSource(stream, kind, location);
    }

    private static void checkReadable(String location) throws UserError {
        Path file = Path.of(location);
        if (!Files.exists(file)) {
            throw UserError.failed("source " + location + " does not exist; check the path");
        }
        if (Files.isDirectory(file)) {
            throw UserError.failed("source " + location + " is a folder; name the files in it");
        }
        if (!Files.isReadable(file)) {
            throw UserError.failed(
                    "source "
                            + location
                            + " may not be read by this user; check its"
                            + " permissions");
        }
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                throw UserError.failed("source " + location + " is empty; give a file with frames");
            }
        } catch (IOException e) {
            throw UserError.failed("source " + location + " can't be read; check the disk", e);
        }
    }
}
