package io.frametag.connectors.video;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream comes from, taken apart by ourselves, since FFmpeg would take more than is meant:
 * a file, a folder, a device of this machine or something on the network. User names, passwords and
 * tokens may stand in it as references, {@code ${env:NAME}} or {@code ${file:/path}}.
 *
 * @param scheme in lower case; {@code file} for paths, also those of folders
 * @param credentials what stands before the {@code @}, as it was given; empty for none
 * @param host in lower case; empty for files and devices
 * @param port -1 where none is given
 * @param rest path and query, from the first slash or question mark on
 */
record StreamAddress(String scheme, String credentials, String host, int port, String rest)
        implements Serializable {

    static final String FILE = "file";
    static final String DEVICE = "v4l2";

    /** A folder of pictures, read once. */
    static final String FOLDER = "dir";

    /** A folder of pictures in which more appear. */
    static final String WATCHED = "watch";

    /** Schemes of the network. */
    static final Set<String> NETWORK =
            Set.of("rtsp", "rtsps", "http", "https", "srt", "udp", "rtmp", "rtmps");

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(//)?.*");
    private static final Pattern PARTS =
            Pattern.compile(
                    "[a-zA-Z0-9]+://((?:\\$\\{[^}]*}|[^/?#$])*@)?"
                            + "(\\[[0-9a-fA-F:.]+]|[a-zA-Z0-9._-]*)(?::([0-9]{1,5}))?([/?][^\\s]*)?");
    private static final Pattern DEVICE_PATH = Pattern.compile("v4l2://(/dev/[a-zA-Z0-9/_.-]+)");

    /**
     * Takes an address apart.
     *
     * @throws IllegalArgumentException where it is none that is read; one line, without secrets
     */
    static StreamAddress parse(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : FILE;
        if (name.equals(FILE) || (scheme.group(2) == null && exists(uri))) {
            VideoFile.parse(uri);
            return new StreamAddress(FILE, "", "", -1, uri);
        }
        if (name.equals(FOLDER) || name.equals(WATCHED)) {
            return folder(name, uri);
        }
        if (name.equals(DEVICE)) {
            return device(uri);
        }
        if (!NETWORK.contains(name)) {
            throw malformed(
                    uri,
                    "its scheme is not read; give a file, or an address of rtsp, rtsps, http,"
                            + " https, srt, udp, rtmp, rtmps or v4l2");
        }
        return network(name, uri);
    }

    private static boolean exists(String uri) {
        try {
            return Files.exists(Path.of(uri));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static StreamAddress folder(String scheme, String uri) {
        String path = uri.substring(scheme.length() + 1).replaceFirst("^//", "");
        try {
            return new StreamAddress(scheme, "", "", -1, Path.of(path).toString());
        } catch (InvalidPathException e) {
            throw malformed(uri, "it names no folder");
        }
    }

    private static StreamAddress device(String uri) {
        Matcher path = DEVICE_PATH.matcher(uri);
        if (!path.matches() || path.group(1).contains("..")) {
            throw malformed(uri, "a device is given such as v4l2:///dev/video0");
        }
        return new StreamAddress(DEVICE, "", "", -1, path.group(1));
    }

    private static StreamAddress network(String scheme, String uri) {
        Matcher parts = PARTS.matcher(uri);
        if (!parts.matches()) {
            throw malformed(
                    uri,
                    "it is not SCHEME://HOST[:PORT]/PATH; write characters such as / ? # in a"
                            + " password as %2F %3F %23");
        }
        String credentials = parts.group(1) == null ? "" : parts.group(1);
        String host = parts.group(2).toLowerCase(Locale.ROOT);
        int port = parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3));
        boolean listens = scheme.equals("udp") || scheme.equals("srt");
        if (host.isEmpty() && !(listens && port > 0)) {
            throw malformed(uri, "it names no host");
        }
        if (port == 0 || port > 65_535 || (scheme.equals("udp") && port < 0)) {
            throw malformed(uri, "its port must be from 1 to 65535");
        }
        return new StreamAddress(
                scheme,
                credentials.isEmpty() ? "" : credentials.substring(0, credentials.length() - 1),
                host,
                port,
                parts.group(4) == null ? "" : parts.group(4));
    }

    private static IllegalArgumentException malformed(String uri, String cause) {
        return new IllegalArgumentException(
                "video (" + Redaction.of(uri) + ") can't be read: " + cause);
    }

    /** Files and folders. */
    boolean isFile() {
        return scheme.equals(FILE) || scheme.equals(FOLDER) || scheme.equals(WATCHED);
    }

    boolean isWatched() {
        return scheme.equals(WATCHED);
    }

    /** The pictures that are meant; null where a video is. Looks at the files. */
    @Nullable PictureFiles pictures() {
        if (!scheme.equals(FILE)) {
            return isFile() ? new PictureFiles(Path.of(rest)) : null;
        }
        Path path = VideoFile.parse(rest);
        return PictureFiles.isMeantBy(path) ? new PictureFiles(path) : null;
    }

    boolean isNetwork() {
        return NETWORK.contains(scheme);
    }

    boolean isHttp() {
        return scheme.startsWith("http");
    }

    /** Whether it can be read but once, as it happens. */
    boolean isLive() {
        return !isFile();
    }

    /** The address without user name and password. */
    String withoutCredentials() {
        if (!isNetwork()) {
            return rest;
        }
        return scheme + "://" + host + (port < 0 ? "" : ":" + port) + rest;
    }

    /** For messages. */
    String shown() {
        return Redaction.of(withoutCredentials());
    }

    @Override
    public String toString() {
        return shown();
    }
}
