package io.frametag.connectors.simulator;

import java.util.List;

/**
 * One coded picture. Times are in ticks of 1/90,000 s from the start of its clip.
 *
 * @param nalUnits without start codes or lengths; a keyframe's begin with its parameter sets
 * @param sentTicks when a camera would send it: never before it is taken
 * @param shownTicks when it was taken
 * @param keyframe whether a decoder can begin here
 */
record AccessUnit(List<byte[]> nalUnits, long sentTicks, long shownTicks, boolean keyframe) {

    static final int TICKS_PER_SECOND = 90_000;

    static long nanos(long ticks) {
        return ticks * 100_000 / 9;
    }

    static long ticks(long nanos) {
        return nanos * 9 / 100_000;
    }

    AccessUnit stretched(double factor) {
        return new AccessUnit(
                nalUnits,
                Math.round(sentTicks * factor),
                Math.round(shownTicks * factor),
                keyframe);
    }
}
