package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How streams are read: for all of a source, or with what one of them has of its own. */
record VideoSettings(
        Sampling sampling,
        Playback playback,
        PictureLimits limits,
        boolean keyframesOnly,
        @Nullable Delivery delivery,
        CameraSettings cameras)
        implements Serializable {

    /** With what is usual for live streams. */
    VideoSettings(
            Sampling sampling, Playback playback, PictureLimits limits, boolean keyframesOnly) {
        this(sampling, playback, limits, keyframesOnly, null, CameraSettings.defaults());
    }

    /** The settings of that stream. */
    VideoSettings of(VideoStream stream) {
        return new VideoSettings(
                stream.sampling() == null ? sampling : stream.sampling(),
                stream.playback() == null ? playback : stream.playback(),
                limits,
                stream.keyframesOnly() == null ? keyframesOnly : stream.keyframesOnly(),
                stream.delivery() == null ? delivery : stream.delivery(),
                cameras.of(stream.address()));
    }

    /** What frames are owed where nothing else is said: all of a file, the freshest of a camera. */
    Delivery deliveryOf(VideoStream stream) {
        if (delivery != null) {
            return delivery;
        }
        return stream.address().isLive() ? Delivery.freshest() : Delivery.complete();
    }
}
