package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections through which FFmpeg reads one stream over HTTP. FFmpeg makes none itself: it
 * would follow redirects and playlists wherever they lead. It asks here instead, and each address
 * is looked at before it is fetched.
 *
 * <p>JavaCPP can make only ten native callbacks of one kind per JVM, so all streams share one of
 * each, which tells streams and connections apart by addresses. Owns the connections and FFmpeg's
 * contexts for them; {@link #close()} it after the demuxer. For the thread that reads the stream.
 */
final class InputConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InputConnections.class);
    private static final int BUFFER_BYTES = 32 << 10;

    private static final Map<Long, InputConnections> BY_DEMUXER = new ConcurrentHashMap<>();
    private static final Map<Long, Connection> BY_ID = new ConcurrentHashMap<>();
    private static final Opening OPEN = new Opening();
    private static final Closing CLOSE = new Closing();
    private static final Reading READ = new Reading();

    private final HttpFetch fetch;
    private final HlsPlaylist playlists;
    private final LiveInput input;
    private final Interruption interruption;
    private final long demuxer;
    private final Map<Long, Connection> byContext = new HashMap<>();
    private String contentType = "";
    private @Nullable VideoException failure;

    private InputConnections(LiveInput input, Interruption interruption, long demuxer) {
        this.input = input;
        this.interruption = interruption;
        this.demuxer = demuxer;
        fetch = new HttpFetch(input, interruption);
        playlists = new HlsPlaylist(fetch, input);
    }

    /** Has a demuxer read the stream through here. */
    static InputConnections attach(
            AVFormatContext context, LiveInput input, Interruption interruption)
            throws VideoException {
        InputConnections all = new InputConnections(input, interruption, context.address());
        HttpConnection first = all.fetch.get(input.url(), null);
        all.contentType = first.header("content-type").toLowerCase(Locale.ROOT);
        BY_DEMUXER.put(all.demuxer, all);
        context.io_open(OPEN);
        context.io_close2(CLOSE);
        context.pb(all.wrap(first));
        return all;
    }

    /** The format that the server's answer tells; null where FFmpeg has to look. */
    @Nullable String format() {
        String path = input.address().rest().replaceAll("[?#].*", "");
        if (contentType.startsWith("multipart/")) {
            return "mpjpeg";
        } else if (contentType.contains("mpegurl") || path.endsWith(".m3u8")) {
            return "hls";
        }
        return contentType.startsWith("video/mp2t") ? "mpegts" : null;
    }

    /** Why an address was not fetched; null where none was refused. */
    @Nullable VideoException failure() {
        return failure;
    }

    private AVIOContext wrap(HttpConnection connection) {
        BytePointer id = new BytePointer(1);
        BytePointer buffer = new BytePointer(Ffmpeg.notNull(av_malloc(BUFFER_BYTES), "a buffer"));
        AVIOContext io =
                Ffmpeg.notNull(
                        avio_alloc_context(buffer, BUFFER_BYTES, 0, id, READ, null, null),
                        "a connection");
        io.seekable(0);
        Connection made = new Connection(connection, id, io);
        BY_ID.put(id.address(), made);
        byContext.put(io.address(), made);
        return io;
    }

    private int open(PointerPointer<?> into, String url, @Nullable AVDictionary options) {
        try {
            // A piece that fails to come does not end the stream; one that may not come does.
            fetch.allowed(url);
            into.put(0, wrap(fetch.get(url, range(options))));
            return 0;
        } catch (VideoException e) {
            if (e.isRefused()) {
                failure = e;
            }
            return AVERROR_EXIT();
        }
    }

    private static @Nullable String range(@Nullable AVDictionary options) {
        String from = value(options, "offset");
        String to = value(options, "end_offset");
        if (from == null && to == null) {
            return null;
        }
        return "bytes="
                + (from == null ? "0" : from)
                + "-"
                + (to == null ? "" : Long.toString(Long.parseLong(to) - 1));
    }

    private static @Nullable String value(@Nullable AVDictionary options, String key) {
        AVDictionaryEntry entry = options == null ? null : av_dict_get(options, key, null, 0);
        return entry == null ? null : entry.value().getString();
    }

    private int read(Connection from, BytePointer into, int length) {
        byte[] bytes = new byte[Math.min(length, BUFFER_BYTES)];
        try {
            interruption.blockedBy(from.http);
            int read = from.body.read(bytes, bytes.length);
            if (read < 0) {
                return AVERROR_EOF();
            }
            into.put(bytes, 0, read);
            return read;
        } catch (SocketTimeoutException e) {
            interruption.markOverdue();
            return AVERROR_EXIT();
        } catch (VideoException e) {
            failure = e;
            return AVERROR_EXIT();
        } catch (IOException e) {
            LOG.debug("A connection of {} broke", input.name(), e);
            return AVERROR_EOF();
        }
    }

    private void free(Connection made) {
        byContext.remove(made.io.address());
        BY_ID.remove(made.id.address());
        try {
            made.http.close();
        } catch (IOException e) {
            LOG.debug("A connection of {} could not be closed", input.name(), e);
        }
        av_free(made.io.buffer());
        avio_context_free(made.io);
        made.id.deallocate();
    }

    @Override
    public void close() {
        BY_DEMUXER.remove(demuxer);
        java.util.List.copyOf(byContext.values()).forEach(this::free);
        interruption.blockedBy(null);
    }

    /** One connection and FFmpeg's view of it. */
    private final class Connection {
        private final HttpConnection http;
        private final HttpBody body;
        private final BytePointer id;
        private final AVIOContext io;

        Connection(HttpConnection http, BytePointer id, AVIOContext io) {
            this.http = http;
            body = new HttpBody(http, playlists);
            this.id = id;
            this.io = io;
        }

        int readInto(BytePointer buffer, int length) {
            return read(this, buffer, length);
        }
    }

    private static final class Opening
            extends AVFormatContext
                    .Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {
        @Override
        @SuppressWarnings("rawtypes") // As JavaCPP declares it.
        public int call(
                AVFormatContext of,
                PointerPointer into,
                BytePointer url,
                int flags,
                PointerPointer options) {
            InputConnections all = of == null ? null : BY_DEMUXER.get(of.address());
            if (all == null || (flags & 2) != 0) {
                return AVERROR_EXIT();
            }
            Pointer first = options == null ? null : options.get(0);
            AVDictionary given = first == null ? null : new AVDictionary(first);
            return all.open(into, url.getString(), given);
        }
    }

    private static final class Closing
            extends AVFormatContext.Io_close2_AVFormatContext_AVIOContext {
        @Override
        public int call(AVFormatContext of, AVIOContext io) {
            InputConnections all = of == null ? null : BY_DEMUXER.get(of.address());
            Connection made = all == null || io == null ? null : all.byContext.get(io.address());
            if (made != null) {
                all.free(made);
            }
            return 0;
        }
    }

    private static final class Reading extends Read_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer id, BytePointer buffer, int length) {
            Connection from = id == null ? null : BY_ID.get(id.address());
            return from == null ? AVERROR_EXIT() : from.readInto(buffer, length);
        }
    }
}
