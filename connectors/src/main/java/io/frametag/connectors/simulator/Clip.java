package io.frametag.connectors.simulator;

import java.util.List;

/**
 * A video in memory, ready to be sent. Immutable, so cameras share it.
 *
 * @param name of the file it came from
 * @param codec of all its pictures
 * @param width of a picture, in pixels
 * @param height of a picture, in pixels
 * @param parameterSets that a decoder needs
 * @param units in the order in which they are sent, at least one; the first is a keyframe
 * @param durationTicks from the first picture to the end of the last, in 1/90,000 s
 */
record Clip(
        String name,
        VideoCodec codec,
        int width,
        int height,
        List<byte[]> parameterSets,
        List<AccessUnit> units,
        long durationTicks) {

    double framesPerSecond() {
        return (double) AccessUnit.TICKS_PER_SECOND * units.size() / durationTicks;
    }

    /** How long a picture is held back so that those it refers to are sent before it. */
    long delayTicks() {
        return units.get(0).sentTicks();
    }

    /** By how much all are to be shown later so that none is shown before it is decoded. */
    long reorderTicks() {
        return units.stream()
                .mapToLong(unit -> unit.sentTicks() - delayTicks() - unit.shownTicks())
                .max()
                .orElse(0);
    }

    /** The same pictures at another rate. */
    Clip atRate(double framesPerSecond) {
        double factor = framesPerSecond() / framesPerSecond;
        return new Clip(
                name,
                codec,
                width,
                height,
                parameterSets,
                units.stream().map(unit -> unit.stretched(factor)).toList(),
                Math.max(1, Math.round(durationTicks * factor)));
    }
}
