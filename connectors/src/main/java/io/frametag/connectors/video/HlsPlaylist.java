package io.frametag.connectors.video;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through an HLS playlist (RFC 8216) before FFmpeg sees it, so that one that names what is
 * not read is refused with the reason: FFmpeg itself passes over such entries without a word. That
 * nothing else is fetched does not rest on this, see {@link HttpFetch}.
 */
final class HlsPlaylist {

    /** What a playlist begins with; FFmpeg takes nothing else for one. */
    static final byte[] HEAD = "#EXTM3U".getBytes(StandardCharsets.US_ASCII);

    static final int MOST_BYTES = 4 << 20;

    private static final int LONGEST_SHOWN = 120;

    /** Lines end for FFmpeg with any of these. */
    private static final Pattern LINE_END = Pattern.compile("[\\n\\r\\x00]");

    /** The tags whose addresses are fetched. */
    private static final Pattern TAG = Pattern.compile("#EXT-X-(?:KEY|MAP|MEDIA):(.*)");

    private static final Pattern URI = Pattern.compile("(?:^|,)\\s*URI=(?:\"([^\"]*)|([^,]*))");
    private static final Pattern ENCRYPTED = Pattern.compile("#EXT-X-KEY:.*METHOD=(?!NONE).*");

    /** A colon before any slash, question mark or hash, whatever stands before the colon. */
    private static final Pattern ABSOLUTE = Pattern.compile("[^/?#]*:.*", Pattern.DOTALL);

    private final HttpFetch fetch;
    private final LiveInput input;

    HlsPlaylist(HttpFetch fetch, LiveInput input) {
        this.fetch = fetch;
        this.input = input;
    }

    /**
     * Looks through a playlist.
     *
     * @throws VideoException where it names something that is not read; the message says what
     */
    void check(byte[] playlist) throws VideoException {
        String text = new String(playlist, StandardCharsets.UTF_8);
        for (String line : LINE_END.split(text)) {
            Matcher tag = TAG.matcher(line);
            if (!line.startsWith("#")) {
                checkEntry(line.strip());
            } else if (tag.matches()) {
                checkTag(tag.group(1));
            }
            if (ENCRYPTED.matcher(line).matches()) {
                throw VideoException.refused(
                        input.name()
                                + " is encrypted, and encrypted HLS is not read; give an address"
                                + " without encryption");
            }
        }
    }

    VideoException tooLong() {
        return VideoException.refused(
                "the playlist of %s is longer than %d bytes; give one of fewer pieces"
                        .formatted(input.name(), MOST_BYTES));
    }

    private void checkTag(String attributes) throws VideoException {
        Matcher uri = URI.matcher(attributes);
        while (uri.find()) {
            checkEntry((uri.group(1) == null ? uri.group(2) : uri.group(1)).strip());
        }
    }

    private void checkEntry(String entry) throws VideoException {
        String scheme = input.address().scheme() + ":";
        String url = entry.startsWith("//") ? scheme + entry : entry;
        if (ABSOLUTE.matcher(url).matches() && !fetch.isAllowed(url)) {
            throw VideoException.refused(
                    "the playlist of "
                            + input.name()
                            + " names "
                            + shown(entry)
                            + ", which is not on the camera's own host; only what lies at its own"
                            + " scheme, host and port is read");
        }
    }

    private static String shown(String entry) {
        String safe = Redaction.of(entry).replaceAll("\\p{Cntrl}", "?");
        return safe.length() > LONGEST_SHOWN ? safe.substring(0, LONGEST_SHOWN) + "..." : safe;
    }
}
