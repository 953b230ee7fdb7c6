package io.frametag.operators.encode;

import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FrameEmbedding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets embeddings out in the order of each stream's frames, for an operator that doesn't: so no
 * stream waits for another. What is no embedding goes out at once, as its order says nothing.
 *
 * <p>Thread-safe. Results go out under its lock, which keeps them in order; what takes them must
 * not block.
 */
final class StreamOrder {

    private final Map<String, Deque<Place>> streams = new HashMap<>();

    /** Of one frame, among those of its stream. */
    final class Place {

        private final String stream;
        private final Consumer<EncodeResult> exit;
        private @Nullable FrameEmbedding waiting;

        private Place(String stream, Consumer<EncodeResult> exit) {
            this.stream = stream;
            this.exit = exit;
        }

        /** The frame's result; called once at most. */
        void done(EncodeResult result) {
            synchronized (StreamOrder.this) {
                if (result instanceof FrameEmbedding embedding) {
                    waiting = embedding;
                } else {
                    leave(this);
                    exit.accept(result);
                }
                letOut(stream);
            }
        }

        /** The frame has no result. */
        void gone() {
            synchronized (StreamOrder.this) {
                leave(this);
                letOut(stream);
            }
        }
    }

    /** Behind the frames of the stream that came before. */
    synchronized Place enter(String stream, Consumer<EncodeResult> exit) {
        Place place = new Place(stream, exit);
        streams.computeIfAbsent(stream, id -> new ArrayDeque<>()).addLast(place);
        return place;
    }

    private void leave(Place place) {
        Deque<Place> places = streams.get(place.stream);
        if (places != null) {
            places.remove(place);
        }
    }

    private void letOut(String stream) {
        Deque<Place> places = streams.get(stream);
        while (places != null && !places.isEmpty() && places.peekFirst().waiting != null) {
            Place first = places.removeFirst();
            first.exit.accept(first.waiting);
        }
        if (places != null && places.isEmpty()) {
            streams.remove(stream);
        }
    }
}
