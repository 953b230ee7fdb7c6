package io.frametag.models.picture;

import java.util.Locale;

/** The filter that pictures are resized with. Both are antialiased when they shrink. */
public enum Resampling {
    BILINEAR,
    BICUBIC;

    /** The lower-case name used in model manifests. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
