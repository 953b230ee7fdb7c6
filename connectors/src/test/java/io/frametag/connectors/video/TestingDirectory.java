package io.frametag.connectors.video;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of streams that a test changes. */
final class TestingDirectory implements StreamDirectory {

    private static final long serialVersionUID = 1L;

    private LinkedHashSet<VideoStream> streams = new LinkedHashSet<>();
    private boolean failing;
    private boolean closed;

    void list(VideoStream... listed) {
        streams = new LinkedHashSet<>(List.of(listed));
    }

    void fail() {
        failing = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Set<VideoStream> read() throws IOException {
        if (failing) {
            throw new IOException("the list is missing on purpose");
        }
        return streams;
    }

    @Override
    public void close() {
        closed = true;
    }
}
