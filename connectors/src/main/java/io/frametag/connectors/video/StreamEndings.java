package io.frametag.connectors.video;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which streams of a reader are to be ended. From any thread. */
final class StreamEndings {

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    void ask(String stream) {
        asked.add(stream);
    }

    boolean isAsked(String stream) {
        return asked.contains(stream);
    }

    /** The stream has ended; one of the same id may follow. */
    void done(String stream) {
        asked.remove(stream);
    }
}
