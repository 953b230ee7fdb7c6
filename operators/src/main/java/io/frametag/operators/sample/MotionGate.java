package io.frametag.operators.sample;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the frames of one stream that differ from the last one kept. For one thread at a time.
 *
 * <p>What it knows is not in any checkpoint: after a restart the first frame is kept again, and
 * those behind it are compared with that one.
 */
@PublicEvolving
public final class MotionGate {

    private final Motion motion;
    private @Nullable LumaGrid lastKept;
    private long lastKeptTime;

    public MotionGate(Motion motion) {
        this.motion = motion;
    }

    /**
     * Whether to keep a frame; if so, the next ones are compared with it. A frame whose time lies
     * far from that of the last one kept, on either side, is kept.
     *
     * @param picture of the frame
     * @param frameTime event time in milliseconds
     */
    public boolean keeps(LumaGrid picture, long frameTime) {
        LumaGrid reference = lastKept;
        boolean kept =
                reference == null
                        || Math.abs(frameTime - lastKeptTime) >= motion.atLeastEvery().toMillis()
                        || picture.changedShare(reference) > motion.changedShare();
        if (kept) {
            lastKept = picture;
            lastKeptTime = frameTime;
        }
        return kept;
    }
}
