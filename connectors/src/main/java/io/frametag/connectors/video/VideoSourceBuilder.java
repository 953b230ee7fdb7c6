package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.sample.Sampling;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Builds a {@link VideoSource}. At least one stream is needed; by default every frame is kept,
 * files are played once and as fast as possible, and pictures are bounded by {@link
 * PictureLimits#defaults()}. For one thread.
 */
@PublicEvolving
public final class VideoSourceBuilder {

    private final List<Map.Entry<String, String>> streams = new ArrayList<>();
    private Sampling sampling = Sampling.all();
    private Playback playback = Playback.AS_FAST_AS_POSSIBLE;
    private PictureLimits limits = PictureLimits.defaults();
    private boolean keyframesOnly;

    VideoSourceBuilder() {}

    /**
     * Adds a stream.
     *
     * @param id unique among the streams of the job; keep it for the job to find its place again
     * @param uri path or {@code file:} URI of a video, as the machines that read it see it
     */
    public VideoSourceBuilder stream(String id, String uri) {
        streams.add(
                new SimpleImmutableEntry<>(
                        Objects.requireNonNull(id, "id"), Objects.requireNonNull(uri, "uri")));
        return this;
    }

    /** Which frames are emitted; the others are only counted. */
    public VideoSourceBuilder sampling(Sampling sampling) {
        this.sampling = Objects.requireNonNull(sampling, "sampling");
        return this;
    }

    /** How fast files are played and which event times they get. */
    public VideoSourceBuilder playback(Playback playback) {
        this.playback = Objects.requireNonNull(playback, "playback");
        return this;
    }

    /** How large a picture may be. */
    public VideoSourceBuilder limits(PictureLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Whether only keyframes are decoded: much cheaper, and no finer than the file's keyframes. The
     * frames between count as sampled out, one for each packet of the file, whether or not they are
     * damaged, so that sequence numbers stay those of the full video; where a file has packets that
     * show no frame of their own, or two for one frame, the count is that of the packets. Which
     * keyframes are kept is then up to the sampling. By default all frames are decoded.
     */
    public VideoSourceBuilder keyframesOnly(boolean keyframesOnly) {
        this.keyframesOnly = keyframesOnly;
        return this;
    }

    /**
     * Builds the source. Whether the files can be read is found out when the job runs; {@link
     * VideoSource#check} tells it before.
     */
    public VideoSource build() {
        sanityCheck();
        return new VideoSource(
                streams, new VideoSettings(sampling, playback, limits, keyframesOnly));
    }

    private void sanityCheck() {
        if (streams.isEmpty()) {
            throw new IllegalStateException(
                    "a video source needs at least one stream; add one with stream(id, uri)");
        }
        Set<String> ids = new HashSet<>();
        for (Map.Entry<String, String> stream : streams) {
            if (stream.getKey().isBlank()) {
                throw new IllegalArgumentException(
                        "the stream of "
                                + Redaction.of(stream.getValue())
                                + " has a blank id; give it a name");
            }
            if (!ids.add(stream.getKey())) {
                throw new IllegalArgumentException(
                        "stream id (" + stream.getKey() + ") is given twice; ids must be unique");
            }
            VideoFile.parse(stream.getValue());
        }
    }
}
