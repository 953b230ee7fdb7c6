package io.frametag.connectors.simulator;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one client the camera's pictures, each at its time, until the client is gone, the camera's
 * rounds are over or {@link #stop()} is called. Runs on a thread of its own, which may block in
 * writes; closing the client's connection ends those.
 *
 * <p>Time goes on whatever happens: pictures that are not sent in time are left out up to the next
 * keyframe that is, as a camera does.
 */
final class CameraStream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(CameraStream.class);
    private static final long MOST_LATE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PRESENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int PART_BYTES = 1400;

    private final SimulatedCamera camera;
    private final PictureSender sender;
    private final Runnable onEnd;
    private final Playhead playhead;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private volatile boolean stopped;
    private volatile boolean ending;
    private long zeroNanos;
    private long zeroEpochNanos;
    private long lagNanos;
    private long nextReportNanos;
    private boolean waitsForKeyframe;

    /**
     * @param onEnd closes the connection; called on the stream's thread unless it was stopped
     */
    CameraStream(SimulatedCamera camera, PictureSender sender, Runnable onEnd) {
        this.camera = camera;
        this.sender = sender;
        this.onEnd = onEnd;
        this.playhead = new Playhead(camera.clip());
    }

    /** Ends without a word. From any thread. */
    void stop() {
        stopped = true;
        signal();
    }

    /** Ends in order. From any thread. */
    void end() {
        ending = true;
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            begin();
            while (!stopped && !isOver()) {
                step();
            }
            if (!stopped) {
                ending = false;
                await(System.nanoTime() + sender.overtaking().toNanos());
                sender.bye();
                await(System.nanoTime() + sender.overtaking().toNanos());
            }
        } catch (IOException e) {
            LOG.debug("A client of {} is gone: {}", camera.name(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!stopped) {
                onEnd.run();
            }
        }
    }

    private boolean isOver() {
        return ending || camera.rounds() > 0 && playhead.rounds() >= camera.rounds();
    }

    private void begin() throws IOException {
        long elapsed = System.nanoTime() - camera.startNanos();
        if (camera.joinsLive()) {
            playhead.seek(AccessUnit.ticks(elapsed));
            zeroNanos = camera.startNanos();
        } else {
            zeroNanos = System.nanoTime() - AccessUnit.nanos(playhead.sentTicks());
        }
        zeroEpochNanos = camera.epochNanos(zeroNanos);
        report(camera.joinsLive() ? System.nanoTime() : zeroNanos);
    }

    private void step() throws IOException, InterruptedException {
        switchClip();
        boolean isSlow = camera.has(Fault.SLOW);
        if (!isSlow && lagNanos > 0) {
            lagNanos = 0;
            waitsForKeyframe = true;
        }
        long dueNanos = zeroNanos + AccessUnit.nanos(playhead.sentTicks()) + lagNanos;
        await(dueNanos);
        if (!stopped && !ending && maySend(System.nanoTime() - dueNanos)) {
            reportWhenDue();
            send(isSlow);
        }
        playhead.advance();
    }

    private void switchClip() {
        Clip wanted = camera.clipNow();
        if (wanted != playhead.clip()) {
            playhead.switchTo(wanted);
        }
    }

    private boolean maySend(long lateNanos) {
        if (camera.has(Fault.STALL) || camera.has(Fault.SILENT) || lateNanos > MOST_LATE_NANOS) {
            waitsForKeyframe = true;
        } else if (playhead.unit().keyframe() && lateNanos < PRESENT_NANOS) {
            waitsForKeyframe = false;
        }
        return !waitsForKeyframe;
    }

    private void send(boolean isSlow) throws IOException, InterruptedException {
        List<byte[]> left = sender.pieces(playhead);
        if (isSlow) {
            sendSlowly(left);
        } else {
            sender.write(left);
        }
        camera.countSent(1, left.size());
    }

    private void sendSlowly(List<byte[]> left) throws IOException, InterruptedException {
        Clip clip = playhead.clip();
        long usualNanos = AccessUnit.nanos(clip.durationTicks() / clip.units().size());
        long nanos = (long) (usualNanos / camera.amount(Fault.SLOW));
        lagNanos += nanos - usualNanos;
        List<byte[]> parts = left.stream().flatMap(CameraStream::parts).toList();
        for (byte[] part : parts) {
            // Cleared in between, the rest need not take its time.
            if (camera.has(Fault.SLOW)) {
                await(System.nanoTime() + nanos / parts.size());
            }
            sender.write(List.of(part));
        }
    }

    /** Packets are small already; long streams are cut. */
    private static Stream<byte[]> parts(byte[] piece) {
        return IntStream.iterate(0, at -> at < piece.length, at -> at + PART_BYTES)
                .mapToObj(
                        at ->
                                Arrays.copyOfRange(
                                        piece, at, Math.min(at + PART_BYTES, piece.length)));
    }

    private void reportWhenDue() throws IOException {
        long now = System.nanoTime();
        if (now - nextReportNanos >= 0) {
            report(now);
        }
    }

    private void report(long nanos) throws IOException {
        long sinceNanos = nanos - zeroNanos;
        sender.report(zeroEpochNanos + sinceNanos, AccessUnit.ticks(sinceNanos));
        nextReportNanos = System.nanoTime() + camera.reportNanos();
    }

    private void await(long dueNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = dueNanos - System.nanoTime();
            while (left > 0 && !stopped && !ending) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
