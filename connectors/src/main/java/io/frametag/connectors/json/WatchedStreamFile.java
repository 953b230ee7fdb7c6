package io.frametag.connectors.json;

import io.frametag.connectors.video.StreamDirectory;
import io.frametag.connectors.video.VideoStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a {@link StreamFile}, read again whenever a source asks: what changes in the file
 * changes in the job. Where the file is missing or wrong in any part, the job goes on with what it
 * had, and is told why; so a file that is half written does no harm.
 *
 * <p>The file lies where the job manager runs. Owns nothing.
 */
@PublicEvolving
public final class WatchedStreamFile implements StreamDirectory {

    private static final long serialVersionUID = 1L;

    private final String file;

    private transient byte @Nullable [] lastBytes;
    private transient @Nullable Set<VideoStream> last;

    public WatchedStreamFile(Path file) {
        this.file = file.toString();
    }

    @Override
    public Set<VideoStream> read() throws StreamListException {
        Path path = Path.of(file);
        byte[] bytes = StreamFile.bytes(path);
        if (last == null || !Arrays.equals(bytes, lastBytes)) {
            Set<VideoStream> streams = new LinkedHashSet<>();
            StreamFile.parse(file, bytes).forEach(entry -> streams.add(entry.stream()));
            last = streams;
            lastBytes = bytes;
        }
        return last;
    }

    @Override
    public String toString() {
        return "cameras of " + file;
    }
}
