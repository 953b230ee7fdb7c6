package io.frametag.connectors.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

    private final SimulatedCamera camera;
    private final RtpOutput output;
    private final Runnable onEnd;
    private final RtpPackets packets;
    private final PacketFaults faults;
    private final Playhead playhead;
    private final int firstTimestamp;
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
    CameraStream(SimulatedCamera camera, RtpOutput output, Random random, Runnable onEnd) {
        this.camera = camera;
        this.output = output;
        this.onEnd = onEnd;
        this.firstTimestamp = random.nextInt();
        this.packets =
                new RtpPackets(camera.clip().codec(), random.nextInt(), (short) random.nextInt());
        this.faults = new PacketFaults(camera, random.nextLong());
        this.playhead = new Playhead(camera.clip());
    }

    /** What a client is told before the first packet (RFC 2326, section 12.33). */
    String rtpInfo(String trackUri) {
        return "url=%s;seq=%d;rtptime=%d"
                .formatted(
                        trackUri, packets.nextSequence(), Integer.toUnsignedLong(firstTimestamp));
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
                await(System.nanoTime() + output.overtaking().toNanos());
                output.rtcp(packets.bye());
                await(System.nanoTime() + output.overtaking().toNanos());
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
        int timestamp = firstTimestamp + (int) (playhead.shownTicks() + camera.jumpedTicks());
        List<byte[]> left = faults.apply(packets.of(playhead.unit(), timestamp), output);
        if (isSlow) {
            sendSlowly(left);
        } else {
            output.rtp(left);
        }
        camera.countSent(left.size());
    }

    private void sendSlowly(List<byte[]> left) throws IOException, InterruptedException {
        Clip clip = playhead.clip();
        long usualNanos = AccessUnit.nanos(clip.durationTicks() / clip.units().size());
        long nanos = (long) (usualNanos / camera.amount(Fault.SLOW));
        lagNanos += nanos - usualNanos;
        for (byte[] packet : left) {
            // Cleared in between, the rest need not take its time.
            if (camera.has(Fault.SLOW)) {
                await(System.nanoTime() + nanos / left.size());
            }
            output.rtp(List.of(packet));
        }
    }

    private void reportWhenDue() throws IOException {
        long now = System.nanoTime();
        if (now - nextReportNanos >= 0) {
            report(now);
        }
    }

    private void report(long nanos) throws IOException {
        long ticks = AccessUnit.ticks(nanos - zeroNanos) + camera.jumpedTicks();
        output.rtcp(
                packets.senderReport(
                        zeroEpochNanos + nanos - zeroNanos, firstTimestamp + (int) ticks));
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
