package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.sample.Sampling;
import java.io.Serializable;

/** How streams are read: for all of a source, or with what one of them has of its own. */
record VideoSettings(
        Sampling sampling, Playback playback, PictureLimits limits, boolean keyframesOnly)
        implements Serializable {

    /** The settings of that stream. */
    VideoSettings of(VideoStream stream) {
        return new VideoSettings(
                stream.sampling() == null ? sampling : stream.sampling(),
                stream.playback() == null ? playback : stream.playback(),
                limits,
                stream.keyframesOnly() == null ? keyframesOnly : stream.keyframesOnly());
    }
}
