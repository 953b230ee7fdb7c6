package io.frametag.connectors.simulator;

/**
 * Where one client is in what a camera plays: a clip, over and over, each round behind the other,
 * on one line of time. For one thread.
 */
final class Playhead {

    private Clip clip;
    private int index;
    private long offsetTicks;
    private long rounds;

    Playhead(Clip clip) {
        this.clip = clip;
    }

    Clip clip() {
        return clip;
    }

    /** Of the current picture in its clip. */
    int index() {
        return index;
    }

    AccessUnit unit() {
        return clip.units().get(index);
    }

    /** When the current picture is to be sent, from the start of all. */
    long sentTicks() {
        return offsetTicks + unit().sentTicks();
    }

    /** When the current picture was taken, from the start of all. */
    long shownTicks() {
        return offsetTicks + unit().shownTicks();
    }

    /** How often the clip has been played to its end. */
    long rounds() {
        return rounds;
    }

    void advance() {
        index++;
        if (index == clip.units().size()) {
            index = 0;
            rounds++;
            offsetTicks += clip.durationTicks();
        }
    }

    /** Goes on with the first picture of another clip, now. */
    void switchTo(Clip other) {
        offsetTicks = sentTicks();
        clip = other;
        index = 0;
    }

    /** Goes to the first picture that is sent at that time or later. */
    void seek(long ticks) {
        rounds = ticks / clip.durationTicks();
        offsetTicks = rounds * clip.durationTicks();
        while (sentTicks() < ticks) {
            advance();
        }
    }
}
