package io.frametag.connectors.video;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a video lies: a path or a {@code file:} URI, and nothing else that FFmpeg would open. */
final class VideoFile {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(//)?.*");

    private VideoFile() {}

    /**
     * Parses a path or a {@code file:} URI.
     *
     * @throws IllegalArgumentException where it is neither; the message says what would be
     */
    static Path parse(String uri) {
        try {
            Matcher matcher = SCHEME.matcher(uri);
            if (!matcher.matches()) {
                return Path.of(uri);
            }
            if (matcher.group(1).equalsIgnoreCase("file")) {
                return Path.of(URI.create(uri));
            }
            if (matcher.group(2) == null && Files.exists(Path.of(uri))) {
                return Path.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "video ("
                            + Redaction.of(uri)
                            + ") is no path and no file: URI; give a file such as clips/street.mp4",
                    e);
        }
        throw new IllegalArgumentException(
                "video ("
                        + Redaction.of(uri)
                        + ") is not a file; only files are read, as a path or a file: URI");
    }

    /** Checks that there is a file to read at all, since FFmpeg's own words for it are few. */
    static Path readable(String uri) throws VideoException {
        Path path;
        try {
            path = parse(uri);
        } catch (IllegalArgumentException e) {
            throw new VideoException(e.getMessage(), e);
        }
        if (!Files.exists(path)) {
            throw new VideoException("video file " + path + " is missing; check its path");
        }
        if (Files.isDirectory(path)) {
            throw new VideoException(path + " is a folder; give a video file in it");
        }
        // Opening a pipe waits for its writer, and nothing could end that wait.
        if (!Files.isRegularFile(path)) {
            throw new VideoException(path + " is a pipe or a device; give a video file");
        }
        if (!Files.isReadable(path)) {
            throw new VideoException(
                    "video file " + path + " can't be read; check its permissions");
        }
        if (size(path) == 0) {
            throw new VideoException("video file " + path + " is empty; copy it again");
        }
        return path;
    }

    private static long size(Path path) throws VideoException {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new VideoException("video file " + path + " can't be read: " + e.getMessage(), e);
        }
    }
}
