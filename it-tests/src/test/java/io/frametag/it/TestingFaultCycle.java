package io.frametag.it;

import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.it.TestingSightings.Seen;
import io.frametag.operators.data.StreamState;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One fault of one camera, from its begin until frames are there again. What noticing it means:
 *
 * <ul>
 *   <li>stall, silent, drop, reset, end: the stream is reported as down or stalled;
 *   <li>wrong password, not found: it is reported as refused;
 *   <li>garbage: frames are counted as failed; loss: that, or numbers are left out;
 *   <li>slow: fewer frames come than the camera should give;
 *   <li>resolution change: frames have the other size; timestamp jump: frames go on for three
 *       seconds with times near the clock. Neither ends the connection.
 * </ul>
 */
final class TestingFaultCycle {

    private static final Set<Fault> ON_ONE_CONNECTION =
            Set.of(Fault.SLOW, Fault.RESOLUTION_CHANGE, Fault.TIMESTAMP_JUMP);
    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final long HELD_FOR_NANOS = 4_000_000_000L;
    private static final long SLOW_FOR_NANOS = 2_000_000_000L;

    private final SimulatedCamera camera;
    private final Fault fault;
    private final TestingFaultFigures figures;
    private final Seen seen;
    private long start;
    private long framesBefore;
    private long failedBefore;
    private long missingBefore;
    private long astrayBefore;

    TestingFaultCycle(SimulatedCamera camera, Fault fault, TestingFaultFigures figures) {
        this.camera = camera;
        this.fault = fault;
        this.figures = figures;
        this.seen = TestingSightings.seen().get(camera.name());
        seen.failing = true;
    }

    /** Blocks until it is over, or did not end in time, which the figures then tell. */
    void run() {
        long streams = camera.streamsStarted();
        long came = ofOthers(false);
        long lost = ofOthers(true);
        begin();
        Duration noticed = until("noticed", start, this::isNoticed);
        if (fault.isLasting()) {
            hold();
        }
        camera.clear();
        // A reset or an end is over at once; a jump takes nothing away.
        boolean wasBack = fault == Fault.RESET || fault == Fault.END;
        long back = wasBack ? start : System.nanoTime();
        Duration again = until("over", back, () -> isAgain(back));
        figures.cycle(fault, noticed, again, ofOthers(false) - came, ofOthers(true) - lost);
        if (ON_ONE_CONNECTION.contains(fault)) {
            figures.check(camera.streamsStarted() == streams, fault + " ended a connection");
        }
        if (fault == Fault.TIMESTAMP_JUMP) {
            figures.check(seen.astray == astrayBefore, "times of frames jumped");
        }
    }

    /** So long that what others lose meanwhile is a share of more than a few frames. */
    private void hold() {
        await().atMost(LONGEST).until(() -> System.nanoTime() - start > HELD_FOR_NANOS);
    }

    private void begin() {
        framesBefore = seen.frames;
        failedBefore = seen.failed;
        missingBefore = seen.missing;
        astrayBefore = seen.astray;
        start = System.nanoTime();
        camera.inject(fault, amount());
    }

    /** Enough of it to show in seconds, at the pace of these cameras. */
    private double amount() {
        return switch (fault) {
            case GARBAGE -> 0.5;
            case LOSS -> 0.3;
            default -> fault.usualAmount();
        };
    }

    private Duration until(String what, long since, BooleanSupplier condition) {
        try {
            await(fault + " of " + camera.name() + " to be " + what)
                    .atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(20))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            figures.check(false, e.getMessage() + ", state " + seen.state);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private boolean isNoticed() {
        long nanos = System.nanoTime() - start;
        long frames = seen.frames - framesBefore;
        return switch (fault) {
            case STALL, SILENT, DROP, RESET, END -> seen.downNanos - start > 0;
            case WRONG_PASSWORD, NOT_FOUND -> seen.refusedNanos - start > 0;
            case GARBAGE -> seen.failed > failedBefore;
            case LOSS -> seen.failed > failedBefore || seen.missing > missingBefore;
            case SLOW ->
                    nanos > SLOW_FOR_NANOS
                            && frames < 0.6 * nanos / 1e9 * TestingFaultedJob.FRAMES_PER_SECOND;
            case RESOLUTION_CHANGE -> seen.shownWidth == TestingFaultedJob.OTHER_WIDTH;
            case TIMESTAMP_JUMP -> frames >= 3 * TestingFaultedJob.FRAMES_PER_SECOND;
        };
    }

    private boolean isAgain(long back) {
        return seen.frameNanos - back > 0
                && seen.state == StreamState.UP
                && seen.shownWidth == TestingFaultedJob.WIDTH;
    }

    private static long ofOthers(boolean lost) {
        return TestingSightings.seen().values().stream()
                .mapToLong(seen -> lost ? seen.lost : seen.came)
                .sum();
    }
}
