package io.frametag.connectors.json;

import io.frametag.connectors.video.Playback;
import io.frametag.connectors.video.RtspTransport;
import io.frametag.connectors.video.VideoStream;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a list says it, in words; what is null is left to the job. {@link #stream()} is what
 * a source takes.
 *
 * @param id of the stream
 * @param uri where it comes from, perhaps with user name and password in it
 * @param sample which frames are looked at, as {@link Sampling#parse} reads it
 * @param keyframes whether only keyframes are decoded
 * @param delivery what its frames are owed, as {@link Delivery#parse} reads it
 * @param transport {@code tcp} or {@code udp}, for RTSP
 * @param realTime whether a file is played as a camera would
 * @param loop whether a file starts again at its end
 */
@PublicEvolving
public record StreamEntry(
        String id,
        String uri,
        @Nullable String sample,
        @Nullable Boolean keyframes,
        @Nullable String delivery,
        @Nullable String transport,
        @Nullable Boolean realTime,
        @Nullable Boolean loop) {

    public StreamEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(uri, "uri");
    }

    /** A stream that is read as the job says. */
    public static StreamEntry of(String id, String uri) {
        return new StreamEntry(id, uri, null, null, null, null, null, null);
    }

    /**
     * The stream.
     *
     * @throws IllegalArgumentException where a value is none that there is; one line, without user
     *     names and passwords
     */
    public VideoStream stream() {
        VideoStream stream = VideoStream.of(id, uri).keyframesOnly(keyframes);
        if (sample != null) {
            stream = stream.sampling(Sampling.parse(sample));
        }
        if (delivery != null) {
            stream = stream.delivery(Delivery.parse(delivery));
        }
        if (transport != null) {
            stream = stream.transport(transport(transport));
        }
        if (realTime != null || loop != null) {
            boolean paced = realTime != null && realTime;
            Playback playback = paced ? Playback.REAL_TIME : Playback.AS_FAST_AS_POSSIBLE;
            stream = stream.playback(playback.loop(loop != null && loop));
        }
        return stream;
    }

    private static RtspTransport transport(String text) {
        for (RtspTransport transport : RtspTransport.values()) {
            if (transport.name().equalsIgnoreCase(text)) {
                return transport;
            }
        }
        throw new IllegalArgumentException("transport (" + text + ") must be tcp or udp");
    }

    /** Without user name and password. */
    @Override
    public String toString() {
        return stream().toString();
    }
}
