package io.frametag.operators.encode;

import io.frametag.models.picture.Picture;
import io.frametag.operators.sample.LumaGrid;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pictures of one stream look like the last one that didn't, so that its embedding will
 * do. Stricter than what counts as motion. For one thread at a time.
 */
@Internal
public final class PictureReuse {

    /** By more grey levels than this a cell has changed. */
    static final int REUSE_LEVELS = LumaGrid.CHANGED_LEVELS / 2;

    private final double maxShare;
    private @Nullable LumaGrid last;

    /**
     * @param maxShare of the cells of a {@link LumaGrid} that may have changed; 0: none is like
     *     another
     */
    public PictureReuse(double maxShare) {
        this.maxShare = maxShare;
    }

    /** Compares with the last picture that was not like the one before it, and is the next else. */
    public boolean isLikeLast(Picture picture) {
        return maxShare > 0 && isLikeLast(LumaGrid.of(picture), true);
    }

    /**
     * @param usable whether the last one has an embedding
     */
    boolean isLikeLast(LumaGrid picture, boolean usable) {
        LumaGrid reference = last;
        if (usable
                && reference != null
                && picture.changedShare(reference, REUSE_LEVELS) <= maxShare) {
            return true;
        }
        last = picture;
        return false;
    }
}
