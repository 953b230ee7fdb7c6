package io.frametag.connectors.video;

import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a {@link VideoSource}: what it is called, where it comes from and how it is to be
 * read. What is left out here is as the {@link VideoSourceBuilder} says. Immutable: each method
 * that sets something gives a changed copy.
 */
@PublicEvolving
public final class VideoStream implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int HAS_SAMPLING = 1;
    private static final int HAS_KEYFRAMES = 2;
    private static final int KEYFRAMES = 4;
    private static final int HAS_PLAYBACK = 8;

    private final String id;
    private final String uri;
    private final @Nullable Sampling sampling;
    private final @Nullable Boolean keyframesOnly;
    private final @Nullable Playback playback;

    private VideoStream(
            String id,
            String uri,
            @Nullable Sampling sampling,
            @Nullable Boolean keyframesOnly,
            @Nullable Playback playback) {
        this.id = id;
        this.uri = uri;
        this.sampling = sampling;
        this.keyframesOnly = keyframesOnly;
        this.playback = playback;
    }

    /**
     * A stream that is read as the source's builder says.
     *
     * @param id unique among the streams of the job; keep it for the job to find its place again
     * @param uri where it comes from, as the machines that read it see it
     * @throws IllegalArgumentException where the id is blank or the URI is none that can be read;
     *     the message is one line without user names and passwords
     */
    public static VideoStream of(String id, String uri) {
        Objects.requireNonNull(uri, "uri");
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException(
                    "the stream of " + Redaction.of(uri) + " has a blank id; give it a name");
        }
        VideoFile.parse(uri);
        return new VideoStream(id, uri, null, null, null);
    }

    /** With frames of its own rate emitted; null for the source's. */
    public VideoStream sampling(@Nullable Sampling value) {
        return new VideoStream(id, uri, value, keyframesOnly, playback);
    }

    /** With only keyframes decoded, or all frames; null for what the source does. */
    public VideoStream keyframesOnly(@Nullable Boolean value) {
        return new VideoStream(id, uri, sampling, value, playback);
    }

    /** A file that is played in its own way; null for the source's. */
    public VideoStream playback(@Nullable Playback value) {
        return new VideoStream(id, uri, sampling, keyframesOnly, value);
    }

    public String id() {
        return id;
    }

    public String uri() {
        return uri;
    }

    /** The address for showing: without user names, passwords and tokens. */
    public String shownUri() {
        return Redaction.of(uri);
    }

    public @Nullable Sampling sampling() {
        return sampling;
    }

    public @Nullable Boolean keyframesOnly() {
        return keyframesOnly;
    }

    public @Nullable Playback playback() {
        return playback;
    }

    void write(DataOutputView out) throws IOException {
        out.writeUTF(id);
        out.writeUTF(uri);
        out.writeByte(
                (sampling == null ? 0 : HAS_SAMPLING)
                        | (keyframesOnly == null ? 0 : HAS_KEYFRAMES)
                        | (keyframesOnly != null && keyframesOnly ? KEYFRAMES : 0)
                        | (playback == null ? 0 : HAS_PLAYBACK));
        if (sampling != null) {
            out.writeDouble(sampling.framesPerSecond());
        }
        if (playback != null) {
            write(playback, out);
        }
    }

    static VideoStream read(DataInputView in) throws IOException {
        VideoStream stream = readPlain(in);
        int flags = in.readUnsignedByte();
        boolean hasKeyframes = (flags & HAS_KEYFRAMES) != 0;
        return new VideoStream(
                stream.id,
                stream.uri,
                (flags & HAS_SAMPLING) == 0 ? null : new Sampling(in.readDouble()),
                hasKeyframes ? (flags & KEYFRAMES) != 0 : null,
                (flags & HAS_PLAYBACK) == 0 ? null : readPlayback(in));
    }

    /** Version 1 of splits knew these two alone. */
    static VideoStream readPlain(DataInputView in) throws IOException {
        return new VideoStream(in.readUTF(), in.readUTF(), null, null, null);
    }

    private static void write(Playback playback, DataOutputView out) throws IOException {
        out.writeBoolean(playback.realTime());
        out.writeBoolean(playback.loop());
        Instant start = playback.startTime();
        out.writeBoolean(start != null);
        if (start != null) {
            out.writeLong(start.getEpochSecond());
            out.writeInt(start.getNano());
        }
    }

    private static Playback readPlayback(DataInputView in) throws IOException {
        return new Playback(
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null);
    }

    private List<Object> parts() {
        return Arrays.asList(id, uri, sampling, keyframesOnly, playback);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoStream that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "video stream " + id + " from " + Redaction.of(uri);
    }
}
