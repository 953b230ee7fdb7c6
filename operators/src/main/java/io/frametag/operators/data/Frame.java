package io.frametag.operators.data;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a stream, with its picture either compressed ({@link #codec()} and {@link #bytes()})
 * or, from sources that had to decode, as pixels ({@link #picture()}).
 *
 * <p>Pixels stay inside an operator chain, where frames are passed by reference. Whenever a frame
 * is serialized, to a checkpoint or over a network edge, its serializer writes the pixels as JPEG,
 * so that neither ever carries a decoded picture.
 *
 * <p>Immutable by agreement: nobody writes to the arrays of a frame once it is made.
 *
 * @param stream id of the stream
 * @param sequence number of the frame in its stream, from 0, counting the frames left out too
 * @param frameTime when the picture was taken: event time, in milliseconds since the epoch; for a
 *     file that is not played as a camera, milliseconds since its start
 * @param arrivalTime when the frame reached us, in milliseconds since the epoch
 * @param codec of {@code bytes}; null where not told (it is then taken from the first bytes) or
 *     where the frame carries pixels
 * @param bytes the compressed picture; null where the frame carries pixels
 * @param picture the pixels; null where the frame is compressed
 * @param attributes what the source knows beyond this, such as the Kafka offset
 * @param delivery what the frame is owed when more come than can be encoded
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record Frame(
        String stream,
        long sequence,
        long frameTime,
        long arrivalTime,
        @Nullable PictureCodec codec,
        byte @Nullable [] bytes,
        @Nullable Picture picture,
        Map<String, String> attributes,
        Delivery delivery)
        implements StreamItem {

    public Frame {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(delivery, "delivery");
        attributes = Map.copyOf(attributes);
        if ((bytes == null) == (picture == null)) {
            throw new IllegalArgumentException("a frame has either bytes or a picture");
        }
    }

    /** A frame of a stream that is owed every frame. */
    public Frame(
            String stream,
            long sequence,
            long frameTime,
            long arrivalTime,
            @Nullable PictureCodec codec,
            byte @Nullable [] bytes,
            @Nullable Picture picture,
            Map<String, String> attributes) {
        this(
                stream,
                sequence,
                frameTime,
                arrivalTime,
                codec,
                bytes,
                picture,
                attributes,
                Delivery.complete());
    }

    /** A frame that carries its compressed picture. */
    public static Frame compressed(
            String stream,
            long sequence,
            long frameTime,
            long arrivalTime,
            @Nullable PictureCodec codec,
            byte[] bytes) {
        return new Frame(stream, sequence, frameTime, arrivalTime, codec, bytes, null, Map.of());
    }

    /** A frame whose source had to decode it. */
    public static Frame decoded(
            String stream, long sequence, long frameTime, long arrivalTime, Picture picture) {
        return new Frame(stream, sequence, frameTime, arrivalTime, null, null, picture, Map.of());
    }

    /** The same frame, owed something else. */
    public Frame withDelivery(Delivery owed) {
        return new Frame(
                stream, sequence, frameTime, arrivalTime, codec, bytes, picture, attributes, owed);
    }

    @Override
    public String toString() {
        return "Frame[" + stream + " #" + sequence + " at " + frameTime + " ms]";
    }
}
