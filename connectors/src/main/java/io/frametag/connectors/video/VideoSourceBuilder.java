package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link VideoSource}. At least one stream is needed, or a {@link StreamDirectory}; by
 * default every frame is kept, files are played once and as fast as possible, and pictures are
 * bounded by {@link PictureLimits#defaults()}. For one thread.
 */
@PublicEvolving
public final class VideoSourceBuilder {

    static final Duration DEFAULT_DIRECTORY_INTERVAL = Duration.ofSeconds(1);

    private final List<VideoStream> streams = new ArrayList<>();
    private @Nullable StreamDirectory directory;
    private Duration directoryInterval = DEFAULT_DIRECTORY_INTERVAL;
    private Sampling sampling = Sampling.all();
    private Playback playback = Playback.AS_FAST_AS_POSSIBLE;
    private PictureLimits limits = PictureLimits.defaults();
    private boolean keyframesOnly;
    private @Nullable Delivery delivery;
    private CameraSettings cameras = CameraSettings.defaults();

    VideoSourceBuilder() {}

    /**
     * Adds a stream that is read as this builder says.
     *
     * @param id unique among the streams of the job; keep it for the job to find its place again
     * @param uri as {@link VideoStream#of} takes it
     */
    public VideoSourceBuilder stream(String id, String uri) {
        return stream(VideoStream.of(id, uri));
    }

    /** Adds a stream; what it leaves out is as this builder says. */
    public VideoSourceBuilder stream(VideoStream stream) {
        streams.add(Objects.requireNonNull(stream, "stream"));
        return this;
    }

    /**
     * Says while the job runs which streams there are, beside those added here: where both know an
     * id, the one added here counts. It is read every second.
     */
    public VideoSourceBuilder directory(StreamDirectory directory) {
        return directory(directory, DEFAULT_DIRECTORY_INTERVAL);
    }

    /** As {@link #directory(StreamDirectory)}, read at that interval. */
    public VideoSourceBuilder directory(StreamDirectory directory, Duration interval) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.directoryInterval = Objects.requireNonNull(interval, "interval");
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

    /** What frames are owed; by default all of a file, and the freshest of a camera. */
    public VideoSourceBuilder delivery(Delivery delivery) {
        this.delivery = Objects.requireNonNull(delivery, "delivery");
        return this;
    }

    /** What live streams may connect to and how long they may take. */
    public VideoSourceBuilder cameras(CameraSettings cameras) {
        this.cameras = Objects.requireNonNull(cameras, "cameras");
        return this;
    }

    /**
     * Builds the source. Whether the files can be read is found out when the job runs; {@link
     * VideoSource#check} tells it before.
     */
    public VideoSource build() {
        sanityCheck();
        LinkedHashMap<String, VideoStream> fixed = new LinkedHashMap<>();
        streams.forEach(stream -> fixed.put(stream.id(), stream));
        return new VideoSource(
                new StreamListing(fixed, directory, directoryInterval),
                new VideoSettings(sampling, playback, limits, keyframesOnly, delivery, cameras));
    }

    private void sanityCheck() {
        if (streams.isEmpty() && directory == null) {
            throw new IllegalStateException(
                    "a video source needs at least one stream; add one with stream(id, uri)");
        }
        if (directoryInterval.toMillis() <= 0) {
            throw new IllegalArgumentException(
                    "interval of the directory (" + directoryInterval + ") must be >= 1 ms");
        }
        Set<String> ids = new HashSet<>();
        for (VideoStream stream : streams) {
            if (!ids.add(stream.id())) {
                throw new IllegalArgumentException(
                        "stream id (" + stream.id() + ") is given twice; ids must be unique");
            }
        }
    }
}
