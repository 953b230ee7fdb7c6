package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.sample.Sampling;
import java.io.Serializable;

/** What all streams of a source have in common. */
record VideoSettings(
        Sampling sampling, Playback playback, PictureLimits limits, boolean keyframesOnly)
        implements Serializable {}
