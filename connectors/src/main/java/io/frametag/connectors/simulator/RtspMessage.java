package io.frametag.connectors.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as read from a client (RFC 2326, section 6).
 *
 * @param method such as DESCRIBE
 * @param uri as the client wrote it
 * @param headers by their names in lower case
 */
record RtspMessage(String method, String uri, Map<String, String> headers) {

    private static final int MOST_LINE_BYTES = 4096;
    private static final int MOST_HEADERS = 64;
    private static final int MOST_BODY_BYTES = 64 << 10;
    private static final int INTERLEAVED = '$';

    @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The path of the URI, without a slash at either end. */
    String path() {
        String rest = uri.replaceFirst("^[a-zA-Z]+://[^/]*", "").replaceFirst("[?#].*$", "");
        return rest.replaceFirst("^/+", "").replaceFirst("/+$", "");
    }

    /**
     * Reads the next request.
     *
     * @param activity called for each packet that the client sent in between, which is left out
     * @return null at the end of the stream
     * @throws IOException where it is no RTSP, or larger than any request has need to be
     */
    static @Nullable RtspMessage read(InputStream in, Runnable activity) throws IOException {
        for (String start = start(in, activity); start != null; start = start(in, activity)) {
            Map<String, String> headers = headers(in);
            skipBody(in, headers.get("content-length"));
            // An answer is to what the client took for a request; none was made.
            if (!start.startsWith("RTSP/")) {
                return request(start, headers);
            }
        }
        return null;
    }

    /** The next line behind packets and blank lines. */
    private static @Nullable String start(InputStream in, Runnable activity) throws IOException {
        int first = in.read();
        while (first == INTERLEAVED || first == '\r' || first == '\n') {
            if (first == INTERLEAVED) {
                skipPacket(in);
                activity.run();
            }
            first = in.read();
        }
        return first < 0 ? null : (char) first + line(in);
    }

    private static RtspMessage request(String start, Map<String, String> headers)
            throws IOException {
        String[] parts = start.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("RTSP/")) {
            throw new IOException("not an RTSP request");
        }
        return new RtspMessage(parts[0], parts[1], headers);
    }

    private static void skipPacket(InputStream in) throws IOException {
        byte[] header = in.readNBytes(3);
        if (header.length < 3) {
            throw new EOFException();
        }
        in.skipNBytes((header[1] & 0xff) << 8 | header[2] & 0xff);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0 && headers.size() < MOST_HEADERS) {
                String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    private static void skipBody(InputStream in, @Nullable String length) throws IOException {
        if (length == null) {
            return;
        }
        if (!length.matches("\\d{1,5}") || Integer.parseInt(length) > MOST_BODY_BYTES) {
            throw new IOException("no body is that long");
        }
        in.skipNBytes(Integer.parseInt(length));
    }

    private static String line(InputStream in) throws IOException {
        byte[] bytes = new byte[MOST_LINE_BYTES];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (length == bytes.length) {
                throw new IOException("no line is that long");
            }
            bytes[length++] = (byte) next;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
    }
}
