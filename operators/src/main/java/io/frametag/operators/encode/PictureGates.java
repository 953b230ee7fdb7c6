package io.frametag.operators.encode;

import io.frametag.operators.sample.LumaGrid;
import io.frametag.operators.sample.MotionGate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides, by a look at the picture, whether the encoder is needed: frames that show no motion are
 * left out, and those that look like the last one encoded get its embedding, which may still be on
 * its way. One for each operator; streams of different operators are different streams.
 *
 * <p>Frames of a stream are judged in the order in which they were decoded. Where several threads
 * decode, that is nearly the order of the stream; as a frame is kept if and only if it differs from
 * the last one kept, on either side of it in time, a scene is never lost by that.
 *
 * <p>Nothing of this is in checkpoints: after a restart, the first frame of each stream is encoded.
 * Holds no pictures, but a grid and an embedding for each stream, of at most {@link #MOST_STREAMS};
 * the one that was silent longest is forgotten first. Thread-safe.
 */
final class PictureGates {

    static final int MOST_STREAMS = 4_096;

    private final EncodePolicy policy;
    private final Map<String, Stream> streams = new LinkedHashMap<>(16, 0.75f, true);

    PictureGates(EncodePolicy policy) {
        this.policy = policy;
    }

    private static final class Stream {

        private final @Nullable MotionGate motion;
        private final PictureReuse reuse;
        private CompletableFuture<Optional<float[]>> vector =
                CompletableFuture.completedFuture(Optional.empty());

        Stream(EncodePolicy policy) {
            motion = policy.motion() == null ? null : new MotionGate(policy.motion());
            reuse = new PictureReuse(policy.reuseShare());
        }

        /** Whether the last frame encoded has a vector, or may still get one. */
        boolean hasVector() {
            return !vector.isDone() || vector.join().isPresent();
        }
    }

    /**
     * What is to become of a frame.
     *
     * @param kept whether it is not left out
     * @param vector what its embedding is taken from, empty where that never comes; null where the
     *     frame must be encoded
     */
    record Verdict(boolean kept, @Nullable CompletableFuture<Optional<float[]>> vector) {

        private static final Verdict LEFT_OUT = new Verdict(false, null);
        private static final Verdict ENCODED = new Verdict(true, null);
    }

    EncodePolicy policy() {
        return policy;
    }

    /** Judges a frame that was decoded, once. */
    synchronized Verdict judge(EncodeRequest request, LumaGrid picture) {
        Stream stream = stream(request.frame().stream());
        if (stream.motion != null && !stream.motion.keeps(picture, request.frame().frameTime())) {
            return Verdict.LEFT_OUT;
        }
        if (policy.reuseShare() == 0) {
            return Verdict.ENCODED;
        }
        if (stream.reuse.isLikeLast(picture, stream.hasVector())) {
            return new Verdict(true, stream.vector);
        }
        stream.vector = request.vector();
        return Verdict.ENCODED;
    }

    private Stream stream(String id) {
        Stream known = streams.get(id);
        if (known != null) {
            return known;
        }
        if (streams.size() == MOST_STREAMS) {
            streams.remove(streams.keySet().iterator().next());
        }
        Stream stream = new Stream(policy);
        streams.put(id, stream);
        return stream;
    }
}
