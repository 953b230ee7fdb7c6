package io.frametag.connectors.video;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.SourceSplit;

/** One stream of a {@link VideoSource} and how far it has been handed on. Immutable. */
@PublicEvolving
public final class VideoSplit implements SourceSplit {

    private final VideoStream stream;
    private final VideoPosition position;

    VideoSplit(VideoStream stream, VideoPosition position) {
        this.stream = stream;
        this.position = position;
    }

    @Override
    public String splitId() {
        return stream.id();
    }

    /** What is read. */
    public VideoStream stream() {
        return stream;
    }

    /** Where the video lies. */
    public String uri() {
        return stream.uri();
    }

    /** Sequence number of the next frame. */
    public long nextSequence() {
        return position.sequence();
    }

    VideoPosition position() {
        return position;
    }

    VideoSplit at(VideoPosition next) {
        return new VideoSplit(stream, next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoSplit that
                && stream.equals(that.stream)
                && position.equals(that.position);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, position);
    }

    @Override
    public String toString() {
        return stream + " at frame " + position.sequence();
    }
}
