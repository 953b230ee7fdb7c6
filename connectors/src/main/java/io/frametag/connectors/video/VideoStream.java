package io.frametag.connectors.video;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final int HAS_DELIVERY = 16;
    private static final int HAS_TRANSPORT = 32;
    private static final int UDP = 64;

    private final String id;

    /** Without secrets, but for references to them. */
    private final String uri;

    /** The secrets that stood in the address; null where they have not come yet. */
    private final @Nullable ArrayList<String> secrets;

    private final @Nullable Sampling sampling;
    private final @Nullable Boolean keyframesOnly;
    private final @Nullable Playback playback;
    private final @Nullable Delivery delivery;
    private final @Nullable RtspTransport transport;

    private VideoStream(
            String id,
            String uri,
            @Nullable List<String> secrets,
            @Nullable Sampling sampling,
            @Nullable Boolean keyframesOnly,
            @Nullable Playback playback,
            @Nullable Delivery delivery,
            @Nullable RtspTransport transport) {
        this.id = id;
        this.uri = uri;
        this.secrets = secrets == null ? null : new ArrayList<>(secrets);
        this.sampling = sampling;
        this.keyframesOnly = keyframesOnly;
        this.playback = playback;
        this.delivery = delivery;
        this.transport = transport;
    }

    /**
     * A stream that is read as the source's builder says.
     *
     * @param id unique among the streams of the job; keep it for the job to find its place again
     * @param uri where it comes from, as the machines that read it see it: a path, or an address of
     *     {@code file}, {@code rtsp}, {@code rtsps}, {@code http}, {@code https}, {@code srt},
     *     {@code udp}, {@code rtmp} or {@code v4l2}. User name, password and tokens can be given as
     *     {@code ${env:NAME}} or {@code ${file:/path}}, which are looked up where and when the
     *     stream is opened
     * @throws IllegalArgumentException where the id is blank or the URI is none that can be read;
     *     the message is one line without user names and passwords
     */
    public static VideoStream of(String id, String uri) {
        Objects.requireNonNull(uri, "uri");
        if (Objects.requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException(
                    "the stream of " + Redaction.of(uri) + " has a blank id; give it a name");
        }
        StreamSecrets.Concealed concealed = StreamSecrets.conceal(uri);
        return new VideoStream(
                id, concealed.uri(), concealed.secrets(), null, null, null, null, null);
    }

    /** With frames of its own rate emitted; null for the source's. */
    public VideoStream sampling(@Nullable Sampling value) {
        return new VideoStream(
                id, uri, secrets, value, keyframesOnly, playback, delivery, transport);
    }

    /** With only keyframes decoded, or all frames; null for what the source does. */
    public VideoStream keyframesOnly(@Nullable Boolean value) {
        return new VideoStream(id, uri, secrets, sampling, value, playback, delivery, transport);
    }

    /** A file that is played in its own way; null for the source's. */
    public VideoStream playback(@Nullable Playback value) {
        return new VideoStream(
                id, uri, secrets, sampling, keyframesOnly, value, delivery, transport);
    }

    /** What its frames are owed; null for all of them, or the freshest where it is live. */
    public VideoStream delivery(@Nullable Delivery value) {
        return new VideoStream(
                id, uri, secrets, sampling, keyframesOnly, playback, value, transport);
    }

    /** What the packets of an RTSP camera travel by; null for TCP. */
    public VideoStream transport(@Nullable RtspTransport value) {
        return new VideoStream(
                id, uri, secrets, sampling, keyframesOnly, playback, delivery, value);
    }

    public String id() {
        return id;
    }

    /** Where it comes from; a secret that stood in it is replaced by a placeholder. */
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

    public @Nullable Delivery delivery() {
        return delivery;
    }

    public @Nullable RtspTransport transport() {
        return transport;
    }

    StreamAddress address() {
        return StreamAddress.parse(uri);
    }

    @Nullable List<String> secrets() {
        return secrets;
    }

    /** Whether that one is read in the same way, as far as both know their secrets. */
    boolean isAs(VideoStream that) {
        boolean sameSecrets =
                secrets == null || that.secrets == null || secrets.equals(that.secrets);
        return sameSecrets && visibleParts().equals(that.visibleParts());
    }

    /** Secrets are never written. */
    void write(DataOutputView out) throws IOException {
        out.writeUTF(id);
        out.writeUTF(uri);
        out.writeByte(
                (sampling == null ? 0 : HAS_SAMPLING)
                        | (keyframesOnly == null ? 0 : HAS_KEYFRAMES)
                        | (keyframesOnly != null && keyframesOnly ? KEYFRAMES : 0)
                        | (playback == null ? 0 : HAS_PLAYBACK)
                        | (delivery == null ? 0 : HAS_DELIVERY)
                        | (transport == null ? 0 : HAS_TRANSPORT)
                        | (transport == RtspTransport.UDP ? UDP : 0));
        if (sampling != null) {
            out.writeDouble(sampling.framesPerSecond());
            out.writeUTF(sampling.motion() == null ? "" : sampling.toText());
        }
        if (playback != null) {
            write(playback, out);
        }
        if (delivery != null) {
            out.writeBoolean(delivery.live());
            Duration staleness = delivery.maxStaleness();
            out.writeLong(staleness == null ? 0 : staleness.toMillis());
        }
    }

    static VideoStream read(int version, DataInputView in) throws IOException {
        VideoStream stream = readPlain(in);
        if (version == 1) {
            return stream;
        }
        int flags = in.readUnsignedByte();
        boolean hasKeyframes = (flags & HAS_KEYFRAMES) != 0;
        boolean hasSampling = (flags & HAS_SAMPLING) != 0;
        return new VideoStream(
                stream.id,
                stream.uri,
                stream.secrets,
                hasSampling ? readSampling(version, in) : null,
                hasKeyframes ? (flags & KEYFRAMES) != 0 : null,
                (flags & HAS_PLAYBACK) == 0 ? null : readPlayback(in),
                (flags & HAS_DELIVERY) == 0 ? null : readDelivery(in),
                (flags & HAS_TRANSPORT) == 0
                        ? null
                        : (flags & UDP) == 0 ? RtspTransport.TCP : RtspTransport.UDP);
    }

    /** Version 2 knew no motion. */
    private static Sampling readSampling(int version, DataInputView in) throws IOException {
        Sampling rate = new Sampling(in.readDouble());
        String motion = version == 2 ? "" : in.readUTF();
        return motion.isEmpty() ? rate : rate.onMotion(Sampling.parse(motion).motion());
    }

    /** Version 1 of splits knew these two alone. */
    private static VideoStream readPlain(DataInputView in) throws IOException {
        String id = in.readUTF();
        String uri = in.readUTF();
        List<String> secrets = uri.contains(StreamSecrets.TAKEN_OUT) ? null : List.of();
        return new VideoStream(id, uri, secrets, null, null, null, null, null);
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

    private static Delivery readDelivery(DataInputView in) throws IOException {
        boolean live = in.readBoolean();
        long millis = in.readLong();
        return new Delivery(live, millis == 0 ? null : Duration.ofMillis(millis));
    }

    private List<Object> visibleParts() {
        return Arrays.asList(id, uri, sampling, keyframesOnly, playback, delivery, transport);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoStream that
                && visibleParts().equals(that.visibleParts())
                && Objects.equals(secrets, that.secrets);
    }

    @Override
    public int hashCode() {
        return visibleParts().hashCode();
    }

    @Override
    public String toString() {
        return "video stream " + id + " from " + Redaction.of(uri);
    }
}
