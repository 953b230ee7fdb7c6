package io.frametag.connectors.simulator;

import io.frametag.connectors.video.VideoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a clip together out of a container's packets: cuts them into NAL units, gives each keyframe
 * its parameter sets, and moves times so that the first picture shown is at 0 and none is sent
 * before it is taken. For one thread.
 */
final class ClipBuilder {

    /** The time of a packet that has none. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final VideoCodec codec;
    private final int lengthBytes;
    private final long frameTicks;
    private final List<byte[]> parameterSets;
    private final List<AccessUnit> units = new ArrayList<>();

    /**
     * @param frameTicks how long a picture is shown, in 1/90,000 s, where packets don't say
     */
    ClipBuilder(VideoCodec codec, NalUnits.Header header, long frameTicks) {
        this.codec = codec;
        this.lengthBytes = header.lengthBytes();
        this.frameTicks = frameTicks;
        this.parameterSets = new ArrayList<>(header.parameterSets());
    }

    /** Adds the next packet, in coding order. What comes before the first keyframe is left out. */
    void add(byte[] packet, long pts, long dts, boolean keyframe) {
        List<byte[]> nalUnits = NalUnits.split(packet, lengthBytes);
        if (nalUnits.isEmpty() || units.isEmpty() && !keyframe) {
            return;
        }
        long counted = units.size() * frameTicks;
        long shown = pts != UNKNOWN ? pts : dts != UNKNOWN ? dts : counted;
        long sent = dts != UNKNOWN ? dts : shown;
        units.add(
                new AccessUnit(
                        keyframe ? withParameterSets(nalUnits) : nalUnits, sent, shown, keyframe));
    }

    private List<byte[]> withParameterSets(List<byte[]> nalUnits) {
        List<byte[]> own = nalUnits.stream().filter(codec::isParameterSet).toList();
        if (!own.isEmpty()) {
            if (parameterSets.isEmpty()) {
                parameterSets.addAll(own);
            }
            return nalUnits;
        }
        List<byte[]> all = new ArrayList<>(parameterSets);
        all.addAll(nalUnits);
        return all;
    }

    Clip build(Path file, int width, int height) throws VideoException {
        if (units.isEmpty() || parameterSets.isEmpty()) {
            throw new VideoException(file + " has no frames to send; check that it is whole");
        }
        long firstShown = units.stream().mapToLong(AccessUnit::shownTicks).min().orElseThrow();
        long lastShown = units.stream().mapToLong(AccessUnit::shownTicks).max().orElseThrow();
        long firstSent = units.get(0).sentTicks();
        // A picture that refers to later ones is sent after them, so all are sent later.
        long delay =
                units.stream()
                        .mapToLong(u -> u.shownTicks() - firstShown - (u.sentTicks() - firstSent))
                        .max()
                        .orElseThrow();
        List<AccessUnit> moved = new ArrayList<>();
        for (AccessUnit unit : units) {
            moved.add(
                    new AccessUnit(
                            List.copyOf(unit.nalUnits()),
                            unit.sentTicks() - firstSent + delay,
                            unit.shownTicks() - firstShown,
                            unit.keyframe()));
        }
        String name = String.valueOf(file.getFileName());
        long duration = lastShown - firstShown + frameTicks;
        return new Clip(
                name,
                codec,
                width,
                height,
                List.copyOf(parameterSets),
                List.copyOf(moved),
                duration);
    }
}
