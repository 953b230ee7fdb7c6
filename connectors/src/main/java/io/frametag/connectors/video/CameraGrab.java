package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.sample.LumaGrid;
import io.frametag.operators.sample.MotionGate;
import io.frametag.operators.sample.Sampling;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.clock.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a live stream with FFmpeg on a daemon thread. That thread owns the reader and the
 * interruption: it frees them when it ends, however late, so that a call into FFmpeg that never
 * comes back leaves behind what it uses and nothing that anyone else does.
 */
final class CameraGrab implements Grab {

    private static final Logger LOG = LoggerFactory.getLogger(CameraGrab.class);

    /** Damaged frames in a row after which the stream is opened anew. */
    private static final int MOST_DAMAGED = 250;

    /** Frames further ahead than this have jumped. */
    private static final long MOST_HELD_BACK_MILLIS = 30_000;

    /** Gives the address with its secrets in place. */
    interface Opening {
        LiveInput input() throws VideoException;
    }

    private final Opening opening;
    private final VideoSettings settings;
    private final Clock clock;
    private final Handover handover;
    private final Interruption interruption;
    private final LiveClock times;
    private final Pacer pacer;
    private final @Nullable MotionGate motion;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Phase phase = Phase.OPENING;
    private volatile long progressNanos;
    private volatile long jumps;
    private volatile @Nullable End end;
    private long interval;
    private long playStart = VideoPosition.NONE;
    private boolean synced;
    private int damaged;

    private CameraGrab(
            Opening opening,
            VideoSettings settings,
            Clock clock,
            Handover handover,
            long interval,
            long lastTime) {
        this.opening = opening;
        this.settings = settings;
        this.clock = clock;
        this.handover = handover;
        this.interval = interval;
        CameraSettings cameras = settings.cameras();
        interruption = new Interruption(cameras.connectTimeout(), cameras.stallTimeout());
        pacer = new Pacer(clock);
        times = new LiveClock(cameras.clockTolerance().toMillis(), lastTime);
        motion =
                settings.sampling().motion() == null
                        ? null
                        : new MotionGate(settings.sampling().motion());
        progressNanos = clock.relativeTimeNanos();
    }

    /** Starts to read on a thread of that name. */
    static CameraGrab start(
            String thread,
            Opening opening,
            VideoSettings settings,
            Clock clock,
            Handover handover,
            long interval,
            long lastTime) {
        CameraGrab grab = new CameraGrab(opening, settings, clock, handover, interval, lastTime);
        Thread runner = new Thread(grab::run, thread);
        runner.setDaemon(true);
        runner.start();
        return grab;
    }

    private void run() {
        End result = new End(new VideoException("reading the stream was ended"), false);
        try (interruption) {
            result = read();
        } catch (InterruptedVideoException e) {
            LOG.debug("Reading a live stream was ended on request");
        } catch (VideoException e) {
            result = new End(e, false);
        } catch (RuntimeException | Error e) {
            // Whatever it is, it must not end in silence: the stream is opened anew and says why.
            LOG.error("Reading a live stream failed", e);
            result =
                    new End(new VideoException("reading failed: " + e.getClass().getName()), false);
        } finally {
            end = result;
            phase = Phase.OVER;
            handover.signal();
            over.countDown();
        }
    }

    private End read() throws VideoException, InterruptedVideoException {
        LiveInput input = opening.input();
        resolve(input);
        try (VideoReader reader =
                VideoReader.open(
                        input, settings.limits(), settings.keyframesOnly(), interruption)) {
            progress();
            phase = Phase.READING;
            while (true) {
                VideoReader.Step step = reader.next();
                handover.lose(
                        Handover.Loss.SAMPLED_OUT, SampledOut.KEYFRAME, reader.passed().frames());
                switch (step) {
                    case FRAME -> frame(reader);
                    case FAILED -> damaged(input);
                    case END -> {
                        End found = end(reader, input);
                        // Else closing would take leave of a silent camera, and wait for it.
                        interruption.request();
                        return found;
                    }
                }
            }
        }
    }

    /** FFmpeg does not tell an unknown name from other failures. */
    private static void resolve(LiveInput input) throws VideoException {
        String host = input.address().host();
        if (input.address().isNetwork() && !host.isEmpty()) {
            try {
                InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                throw new VideoException(
                        input.name()
                                + " can't be found: no address is known for host "
                                + host
                                + "; check the name and the DNS");
            }
        }
    }

    private void progress() {
        progressNanos = clock.relativeTimeNanos();
    }

    private static End whole(VideoReader reader, LiveInput input) {
        long missing = reader.missesMillis();
        return missing == 0
                ? new End(null, reader.isFinite())
                : new End(
                        new VideoException(
                                input.name()
                                        + " breaks off "
                                        + missing
                                        + " ms before its end; check its server"),
                        false);
    }

    private End end(VideoReader reader, LiveInput input) {
        VideoException refusal = reader.refusal();
        String error = reader.error();
        if (refusal != null) {
            return new End(refusal, false);
        }
        if (error == null) {
            return whole(reader, input);
        }
        return new End(
                interruption.isOverdue()
                        ? VideoException.stalled(error)
                        : new VideoException(error),
                false);
    }

    private void damaged(LiveInput input) throws VideoException {
        if (synced) {
            handover.lose(Handover.Loss.FAILED, PictureException.CORRUPT, 1);
        } else {
            handover.lose(Handover.Loss.DROPPED, Handover.BEFORE_KEYFRAME, 1);
        }
        damaged++;
        if (damaged >= MOST_DAMAGED) {
            throw new VideoException(
                    input.name() + " sends only damaged frames, " + damaged + " in a row");
        }
    }

    private void frame(VideoReader reader) throws InterruptedVideoException {
        synced = true;
        damaged = 0;
        if (reader.isAhead()) {
            holdBack(reader.mediaMillis());
        }
        progress();
        long arrival = clock.absoluteTimeMillis();
        Long senderMicros = reader.senderMicros();
        long time =
                times.time(
                        reader.mediaMillis(),
                        senderMicros == null ? null : Math.floorDiv(senderMicros, 1_000),
                        arrival);
        jumps = times.jumps();
        Sampling sampling = settings.sampling();
        if (!sampling.keeps(time, interval)) {
            handover.lose(Handover.Loss.SAMPLED_OUT, SampledOut.RATE, 1);
            return;
        }
        try {
            keep(reader, time, arrival);
        } catch (PictureException e) {
            handover.lose(Handover.Loss.FAILED, PictureException.CORRUPT, 1);
        }
    }

    /** Plays what comes in pieces, or all at once, as a camera would have sent it. */
    private void holdBack(@Nullable Long media) throws InterruptedVideoException {
        if (media == null) {
            return;
        }
        long ahead = playStart + media - clock.absoluteTimeMillis();
        if (playStart == VideoPosition.NONE || Math.abs(ahead) > MOST_HELD_BACK_MILLIS) {
            playStart = clock.absoluteTimeMillis() - media;
            return;
        }
        while (!pacer.awaitUntil(playStart + media)) {
            if (interruption.isRequested()) {
                throw new InterruptedVideoException();
            }
        }
    }

    private void keep(VideoReader reader, long time, long arrival)
            throws PictureException, InterruptedVideoException {
        LumaGrid luma = motion == null ? null : reader.luma();
        Picture picture = motion != null && luma == null ? reader.picture() : null;
        interval = settings.sampling().interval(time);
        if (motion != null && !motion.keeps(luma == null ? LumaGrid.of(picture) : luma, time)) {
            handover.lose(Handover.Loss.SAMPLED_OUT, SampledOut.MOTION, 1);
            return;
        }
        boolean wanted =
                handover.put(
                        new Handover.Grabbed(
                                time,
                                arrival,
                                times.source(),
                                picture == null ? reader.picture() : picture,
                                interval));
        if (!wanted) {
            throw new InterruptedVideoException();
        }
        // It may have waited for room: that is not the camera's fault.
        progress();
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
        return jumps;
    }

    @Override
    public @Nullable End end() {
        return end;
    }

    @Override
    public void interrupt() {
        handover.close();
        interruption.request();
        pacer.wake();
    }

    @Override
    public boolean awaitOver(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return over.getCount() == 0;
        }
    }
}
