package io.frametag.connectors.video;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.SourceSplit;

/** One stream of a {@link VideoSource} and how far it has been handed on. Immutable. */
@PublicEvolving
public final class VideoSplit implements SourceSplit {

    private final String stream;
    private final String uri;
    private final VideoPosition position;

    VideoSplit(String stream, String uri, VideoPosition position) {
        this.stream = stream;
        this.uri = uri;
        this.position = position;
    }

    @Override
    public String splitId() {
        return stream;
    }

    /** Where the video lies. */
    public String uri() {
        return uri;
    }

    /** Sequence number of the next frame. */
    public long nextSequence() {
        return position.sequence();
    }

    VideoPosition position() {
        return position;
    }

    VideoSplit at(VideoPosition next) {
        return new VideoSplit(stream, uri, next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoSplit that
                && stream.equals(that.stream)
                && uri.equals(that.uri)
                && position.equals(that.position);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, uri, position);
    }

    @Override
    public String toString() {
        return "video stream "
                + stream
                + " from "
                + Redaction.of(uri)
                + " at frame "
                + position.sequence();
    }
}
