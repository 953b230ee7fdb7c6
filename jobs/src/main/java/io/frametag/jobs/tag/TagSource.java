package io.frametag.jobs.tag;

import io.frametag.connectors.video.VideoStream;
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
 * @param location a path, an address or a topic's name
 */
record TagSource(String stream, Kind kind, String location) {

    enum Kind {
        /** A file. */
        VIDEO,
        /** A file or a folder. */
        PICTURES,
        /** On the network, or a device. */
        CAMERA,
        TOPIC
    }

    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");
    private static final Pattern PICTURE_NAME =
            Pattern.compile(".*\\.(jpe?g|png|webp)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /**
     * Understands sources as typed: {@code [NAME=]FILE}, {@code [NAME=]file:FILE}, a folder of
     * pictures, {@code watch:FOLDER}, an address such as {@code rtsp://HOST/PATH}, or {@code
     * kafka:TOPIC}. Streams without a name are called like their file or address; a name that is
     * taken gets a number.
     *
     * @throws UserError where one is none of these, or its file can't be read
     */
    static List<TagSource> parseAll(List<String> texts) throws UserError {
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
            case "dir", "watch" ->
                    ofFolder(
                            scheme.group(1).toLowerCase(Locale.ROOT),
                            scheme.group(2).replaceFirst("^//", ""),
                            hasName ? named.group(1) : "",
                            taken);
            default -> ofCamera(uri, hasName ? named.group(1) : "", taken);
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
        Path file = Path.of(location);
        String base = nameOf(file).replaceFirst("(?<=.)\\.[^.]*$", "");
        boolean pictures = Files.isDirectory(file) || PICTURE_NAME.matcher(nameOf(file)).matches();
        return new TagSource(
                unique(base, name, taken), pictures ? Kind.PICTURES : Kind.VIDEO, location);
    }

    private static TagSource ofFolder(
            String scheme, String location, String name, Set<String> taken) throws UserError {
        checkReadable(location);
        if (!Files.isDirectory(Path.of(location))) {
            throw UserError.failed("source " + location + " is no folder; name one of pictures");
        }
        String stream = unique(nameOf(Path.of(location)), name, taken);
        return new TagSource(stream, Kind.PICTURES, scheme + ":" + location);
    }

    private static String nameOf(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "root" : name.toString();
    }

    private static TagSource ofCamera(String uri, String name, Set<String> taken) throws UserError {
        try {
            String shown = VideoStream.of("camera", uri).shownUri();
            String base =
                    shown.replaceFirst("^[^:]*:/*(\\*+@)?", "")
                            .replaceFirst("[?#].*", "")
                            .replaceAll("[^A-Za-z0-9._]+", "-")
                            .replaceAll("^-+|-+$", "");
            String stream = unique(base.isEmpty() ? "camera" : base, name, taken);
            return new TagSource(stream, Kind.CAMERA, uri);
        } catch (IllegalArgumentException e) {
            throw UserError.usage("source " + e.getMessage());
        }
    }

    private static String unique(String base, String name, Set<String> taken) throws UserError {
        if (!name.isEmpty() && taken.contains(name)) {
            throw UserError.usage("two sources are named " + name + "; give each its own name");
        }
        String wanted = name.isEmpty() ? base : name;
        String stream = wanted;
        for (int number = 2; !taken.add(stream); number++) {
            stream = wanted + "-" + number;
        }
        return stream;
    }

    /** Whether it is that very file. */
    boolean isSameFile(Path file) throws IOException {
        return (kind == Kind.VIDEO || kind == Kind.PICTURES)
                && !SCHEME.matcher(location).matches()
                && Files.isSameFile(file, Path.of(location));
    }

    /** Without user names and passwords. */
    @Override
    public String toString() {
        return kind + " " + stream;
    }

    private static void checkReadable(String location) throws UserError {
        Path file = Path.of(location);
        if (!Files.exists(file)) {
            throw UserError.failed("source " + location + " does not exist; check the path");
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
