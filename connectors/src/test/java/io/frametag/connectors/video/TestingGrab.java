package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import org.jspecify.annotations.Nullable;

/** A grab that does what a test says. */
final class TestingGrab implements Grab {

    private final Handover handover = new Handover(true);
    Phase phase = Phase.OPENING;
    long progressNanos;
    @Nullable End end;
    boolean interrupted;
    boolean over;

    TestingGrab(long progressNanos) {
        this.progressNanos = progressNanos;
    }

    void frame(long time) {
        phase = Phase.READING;
        handover.put(
                new Handover.Grabbed(
                        time,
                        time,
                        LiveClock.Source.ARRIVAL,
                        new Picture(1, 1, new byte[3]),
                        VideoPosition.NONE));
    }

    void end(@Nullable VideoException failure) {
        phase = Phase.OVER;
        over = true;
        end = new End(failure, false);
    }

    @Override
    public Handover handover() {
        return handover;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public long progressNanos() {
        return progressNanos;
    }

    @Override
    public long jumps() {
        return 0;
    }

    @Override
    public @Nullable End end() {
        return end;
    }

    @Override
    public void interrupt() {
        handover.close();
        interrupted = true;
    }

    @Override
    public boolean awaitOver(long millis) {
        return over;
    }
}
