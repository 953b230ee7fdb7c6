package io.frametag.connectors.video;

import java.io.IOException;
import java.util.Arrays;

/**
 * The body of an answer as FFmpeg gets it: as it comes, but for a playlist, which is read to its
 * end and looked through before any of it is handed on. For one thread.
 */
final class HttpBody {

    private final HttpConnection http;
    private final HlsPlaylist playlists;
    private byte[] ahead = {};
    private int taken;
    private boolean begun;

    HttpBody(HttpConnection http, HlsPlaylist playlists) {
        this.http = http;
        this.playlists = playlists;
    }

    /**
     * Reads some of it; -1 at its end.
     *
     * @throws VideoException where it is a playlist that is refused
     */
    int read(byte[] into, int length) throws IOException, VideoException {
        if (!begun) {
            begin();
            begun = true;
        }
        int left = ahead.length - taken;
        if (left == 0) {
            return http.read(into, length);
        }
        int copied = Math.min(left, length);
        System.arraycopy(ahead, taken, into, 0, copied);
        taken += copied;
        return copied;
    }

    private void begin() throws IOException, VideoException {
        while (isHead(ahead.length) && more()) {
            if (ahead.length > HlsPlaylist.MOST_BYTES) {
                throw playlists.tooLong();
            }
        }
        if (ahead.length >= HlsPlaylist.HEAD.length && isHead(ahead.length)) {
            playlists.check(ahead);
        }
    }

    /** Whether it is a playlist, as far as its first bytes tell. */
    private boolean isHead(int length) {
        int known = Math.min(length, HlsPlaylist.HEAD.length);
        return Arrays.equals(ahead, 0, known, HlsPlaylist.HEAD, 0, known);
    }

    private boolean more() throws IOException {
        byte[] bytes = new byte[32 << 10];
        int read = http.read(bytes, bytes.length);
        if (read < 0) {
            return false;
        }
        int before = ahead.length;
        ahead = Arrays.copyOf(ahead, before + read);
        System.arraycopy(bytes, 0, ahead, before, read);
        return true;
    }
}
