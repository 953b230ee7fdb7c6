package io.frametag.connectors.video;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Which streams there are now: a file that is watched, a topic, an inventory. A {@link VideoSource}
 * asks it again and again, starts what is new, ends what is no longer listed and starts again what
 * has changed.
 *
 * <p>Lives in the job manager. {@link #read()} runs on a worker thread of the source, one call at a
 * time, and may block: a read that takes long delays changes and nothing else. {@link #close()}
 * comes from another thread, perhaps during a read, which it should end. What a directory opens, it
 * opens in its first read.
 */
@PublicEvolving
public interface StreamDirectory extends Serializable, Closeable {

    /**
     * All streams there are, with unique ids.
     *
     * @throws IOException where that can't be told now, with a message of one line; all streams
     *     then go on as they are
     */
    Set<VideoStream> read() throws IOException, InterruptedException;

    /**
     * What was found wrong in the last read without spoiling the rest of it, one line each, such as
     * a single record that is no stream. Called behind each read, on its thread.
     */
    default List<String> problems() {
        return List.of();
    }

    @Override
    default void close() throws IOException {
        // Most own nothing.
    }
}
