package io.frametag.connectors.simulator;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A camera's clip as an endless line of segments (RFC 8216), each of at least a second and
 * beginning with a keyframe, of which the newest few can be had. Immutable.
 */
final class HlsWindow {

    private static final int SEGMENTS_SHOWN = 4;
    private static final long LEAST_TICKS = AccessUnit.TICKS_PER_SECOND;

    private final Clip clip;

    /** Indices of first units, and behind the last the number of units. */
    private final List<Integer> starts = new ArrayList<>();

    HlsWindow(Clip clip) {
        this.clip = clip;
        List<AccessUnit> units = clip.units();
        starts.add(0);
        for (int i = 1; i < units.size(); i++) {
            long length = sent(i) - sent(starts.get(starts.size() - 1));
            if (units.get(i).keyframe() && length >= LEAST_TICKS) {
                starts.add(i);
            }
        }
        starts.add(units.size());
    }

    /** When that unit is sent, from the first; for the number of units, when the clip is over. */
    private long sent(int index) {
        return index == clip.units().size()
                ? clip.durationTicks()
                : clip.units().get(index).sentTicks() - clip.delayTicks();
    }

    private int segments() {
        return starts.size() - 1;
    }

    private long endTicks(long number) {
        return number / segments() * clip.durationTicks()
                + sent(starts.get((int) (number % segments()) + 1));
    }

    private double seconds(long number) {
        int at = (int) (number % segments());
        return (sent(starts.get(at + 1)) - sent(starts.get(at)))
                / (double) AccessUnit.TICKS_PER_SECOND;
    }

    /** How many segments are over at that time; as if the camera had been on for a while. */
    private long over(long sinceStartTicks) {
        long ticks = sinceStartTicks + endTicks(SEGMENTS_SHOWN - 1);
        long number = ticks / clip.durationTicks() * segments();
        while (endTicks(number) <= ticks) {
            number++;
        }
        return number;
    }

    /** The playlist at that time, counted from when the camera started. */
    String playlist(long ticks) {
        long over = over(ticks);
        long first = Math.max(0, over - SEGMENTS_SHOWN);
        double longest = 0;
        StringBuilder list = new StringBuilder();
        for (long number = first; number < over; number++) {
            longest = Math.max(longest, seconds(number));
            list.append(String.format(Locale.ROOT, "#EXTINF:%.3f,\n", seconds(number)));
            list.append(number).append(".ts\n");
        }
        return "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:"
                + (long) Math.ceil(Math.max(1, longest))
                + "\n#EXT-X-MEDIA-SEQUENCE:"
                + first
                + "\n"
                + list;
    }

    /** Whether that segment can be had at that time. */
    boolean has(long number, long ticks) {
        long over = over(ticks);
        return number >= 0 && number < over && number >= over - 2 * SEGMENTS_SHOWN;
    }

    byte[] segment(long number) {
        TransportStream stream = new TransportStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long offset = number / segments() * clip.durationTicks();
        int at = (int) (number % segments());
        for (int i = starts.get(at); i < starts.get(at + 1); i++) {
            AccessUnit unit = clip.units().get(i);
            all.writeBytes(
                    stream.of(
                            clip.codec(),
                            unit,
                            offset + unit.shownTicks() + clip.reorderTicks(),
                            offset + unit.sentTicks() - clip.delayTicks()));
        }
        return all.toByteArray();
    }

    int framesIn(long number) {
        int at = (int) (number % segments());
        return starts.get(at + 1) - starts.get(at);
    }
}
