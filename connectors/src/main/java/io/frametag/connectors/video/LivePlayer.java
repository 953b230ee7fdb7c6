package io.frametag.connectors.video;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a live stream into its items, without end: watches over the {@link Grab} that reads it,
 * ends one that gives no frames, leaves one behind that can't be ended, and starts the next one
 * when it is time.
 *
 * <table>
 * <caption>What goes wrong, and what becomes of it</caption>
 * <tr><th>what</th><th>state</th><th>then</th></tr>
 * <tr><td>connection refused, host unreachable or unknown, connection lost, stream ended</td>
 *     <td>down</td><td>next try within {@code retry.first}, doubling to {@code retry.most}</td></tr>
 * <tr><td>no answer within {@code connect-timeout}</td><td>down</td><td>the same</td></tr>
 * <tr><td>open, and no good frame for {@code stall-timeout}</td><td>stalled</td>
 *     <td>opened anew</td></tr>
 * <tr><td>password, user or path refused; address not allowed; no video in it</td>
 *     <td>refused</td><td>next try after {@code retry.refused}</td></tr>
 * <tr><td>a damaged frame</td><td>up</td><td>counted as failed; 250 in a row: down</td></tr>
 * <tr><td>a call into FFmpeg that can't be ended within {@code abandon-after}</td>
 *     <td>as before</td><td>its thread is left behind and counted</td></tr>
 * <tr><td>a recording at its end</td><td>ended</td><td>nothing</td></tr>
 * </table>
 *
 * <p>For one thread at a time, which never calls FFmpeg; {@link #interrupt()} may come from any.
 */
final class LivePlayer implements StreamPlayer {

    private static final Logger LOG = LoggerFactory.getLogger(LivePlayer.class);

    /** Longest wait for a frame before the state is looked at again. */
    private static final long NAP_MILLIS = 50;

    /** Beyond its own limit, before a call counts as hanging. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How long a stream must be up for the next failure to be a first one. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    /** How often frames are accounted for where none of them is handed on. */
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final VideoSplit split;
    private final VideoSettings settings;
    private final CameraSettings limits;
    private final Delivery delivery;
    private final Grab.Starter grabs;
    private final Clock clock;
    private final Backoff backoff;
    private final LiveMetrics metrics;
    private final Pacer pacer = new Pacer(SystemClock.getInstance());
    private volatile boolean interrupted;
    private volatile @Nullable Grab grab;
    private @Nullable Grab leaving;
    private long leaveByNanos;
    private long nextTryNanos;
    private long triedNanos;
    private long upSinceNanos;
    private long reportedNanos;
    private long seenJumps;
    private boolean triedBefore;
    private @Nullable StreamState state;
    private @Nullable String reason;

    /** Behind all frames grabbed that are handed out or in {@link #unreported}. */
    private VideoPosition here;

    private Handover.Losses unreported = new Handover.Losses();

    LivePlayer(
            VideoSplit split,
            VideoSettings settings,
            Grab.Starter grabs,
            Clock clock,
            Backoff backoff,
            LiveMetrics metrics) {
        this.split = split;
        this.settings = settings;
        this.limits = settings.cameras();
        this.delivery = settings.deliveryOf(split.stream());
        this.grabs = grabs;
        this.clock = clock;
        this.backoff = backoff;
        this.metrics = metrics;
        here =
                split.position().startMillis() == VideoPosition.NONE
                        ? split.position().startingAt(0)
                        : split.position();
        nextTryNanos = clock.relativeTimeNanos();
        reportedNanos = nextTryNanos;
    }

    @Override
    public boolean isFinished() {
        return here.finished();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        pacer.wake();
        Grab reading = grab;
        if (reading != null) {
            reading.handover().signal();
        }
    }

    @Override
    public List<VideoRecord> next() {
        while (!interrupted && !isFinished()) {
            List<VideoRecord> items = step(NAP_MILLIS);
            if (!items.isEmpty()) {
                return items;
            }
        }
        interrupted = false;
        return List.of();
    }

    /** Looks at everything once, waits at most that long, and gives the items that came of it. */
    List<VideoRecord> step(long napMillis) {
        List<VideoRecord> items = new ArrayList<>();
        Grab reading = grab;
        if (reading != null) {
            watch(reading, napMillis, items);
        } else if (leaving == null || isRid(napMillis)) {
            connect(napMillis, items);
        }
        return items;
    }

    private boolean isRid(long napMillis) {
        Grab old = Objects.requireNonNull(leaving);
        boolean gone = old.awaitOver(napMillis);
        if (!gone && clock.relativeTimeNanos() - leaveByNanos < 0) {
            return false;
        }
        if (!gone) {
            abandon();
        }
        leaving = null;
        return true;
    }

    private void abandon() {
        metrics.abandonedGrabs().inc();
        LOG.warn("Reading stream {} can't be ended; its thread is left behind", split.splitId());
    }

    private void connect(long napMillis, List<VideoRecord> items) {
        long waitNanos = nextTryNanos - clock.relativeTimeNanos();
        if (waitNanos > 0) {
            long millis = Math.min(napMillis, waitNanos / 1_000_000 + 1);
            pacer.awaitUntil(System.currentTimeMillis() + millis);
            return;
        }
        if (triedBefore) {
            metrics.reconnects().inc();
        }
        triedBefore = true;
        triedNanos = clock.relativeTimeNanos();
        seenJumps = 0;
        grab = grabs.start(here.interval(), Math.max(0, here.mediaMillis()));
        if (state == null) {
            tell(StreamState.CONNECTING, null, items);
        }
    }

    private void watch(Grab reading, long napMillis, List<VideoRecord> items) {
        // Looked at before frames are taken, so that none is missed between the two.
        Grab.End end = reading.end();
        Handover.Taken taken = reading.handover().take(end == null ? napMillis : 0);
        account(taken, items);
        metrics.jumps().inc(reading.jumps() - seenJumps);
        seenJumps = reading.jumps();
        if (taken.frame() != null) {
            return;
        }
        if (end != null) {
            drain(reading, items);
            grab = null;
            ended(end, items);
        } else if (clock.relativeTimeNanos() - reading.progressNanos() > limitNanos(reading)) {
            hangs(reading, items);
        }
    }

    private long limitNanos(Grab reading) {
        Duration limit = limits.stallTimeout().plus(GRACE);
        boolean opening = reading.phase() == Grab.Phase.OPENING;
        return (opening ? limit.plus(limits.connectTimeout()) : limit).toNanos();
    }

    private void hangs(Grab reading, List<VideoRecord> items) {
        boolean opening = reading.phase() == Grab.Phase.OPENING;
        leave(reading, items);
        if (opening) {
            tell(StreamState.DOWN, "opening it takes too long", items);
        } else {
            stalled("no frame for " + LiveFailures.seconds(limits.stallTimeout()), items);
        }
        retry();
    }

    private void leave(Grab reading, List<VideoRecord> items) {
        reading.interrupt();
        drain(reading, items);
        leaving = reading;
        leaveByNanos = clock.relativeTimeNanos() + limits.abandonAfter().toNanos();
        grab = null;
    }

    /** What was grabbed before counts, even where the stream is given up. */
    private void drain(Grab reading, List<VideoRecord> items) {
        account(reading.handover().take(0), items);
        account(reading.handover().take(0), items);
    }

    private void stalled(String why, List<VideoRecord> items) {
        if (state != StreamState.STALLED) {
            metrics.stalls().inc();
        }
        tell(StreamState.STALLED, why, items);
    }

    private void ended(Grab.End end, List<VideoRecord> items) {
        VideoException failure = end.failure();
        if (failure == null && end.isFinite()) {
            here = here.asFinished();
            tell(StreamState.ENDED, null, items);
        } else if (failure != null && failure.isRefused()) {
            String again = LiveFailures.seconds(limits.retryRefused());
            tell(StreamState.REFUSED, failure.getMessage() + "; next try in " + again, items);
            nextTryNanos = clock.relativeTimeNanos() + backoff.afterRefusal().toNanos();
        } else {
            if (failure != null && failure.isStalled()) {
                stalled(failure.getMessage(), items);
            } else {
                String why = failure == null ? "the camera ended its stream" : failure.getMessage();
                tell(StreamState.DOWN, why, items);
            }
            retry();
        }
    }

    private void retry() {
        if (upSinceNanos != 0 && clock.relativeTimeNanos() - upSinceNanos > STEADY.toNanos()) {
            backoff.reset();
        }
        // A try that waited for an answer in vain has waited already; a lost stream has not.
        long from = upSinceNanos == 0 ? triedNanos : clock.relativeTimeNanos();
        upSinceNanos = 0;
        nextTryNanos = from + backoff.afterFailure().toNanos();
    }

    /** What was left out, in the next report at the latest, and before the frame after it. */
    private void account(Handover.Taken taken, List<VideoRecord> items) {
        unreported.add(taken.losses());
        here = here.passing(taken.losses().total(), VideoPosition.NONE);
        metrics.corrupt().inc(taken.losses().sum(Handover.Loss.FAILED));
        Handover.Grabbed frame = taken.frame();
        boolean due = clock.relativeTimeNanos() - reportedNanos >= REPORT_EVERY.toNanos();
        if (frame != null && state != StreamState.UP) {
            upSinceNanos = clock.relativeTimeNanos();
            here = here.asOpened();
            tell(StreamState.UP, null, items);
        } else if (unreported.total() > 0 && (frame != null || due)) {
            items.add(report());
        }
        if (frame != null) {
            items.add(record(frame));
        }
    }

    private VideoRecord record(Handover.Grabbed grabbed) {
        Frame frame =
                new Frame(
                        split.splitId(),
                        here.sequence(),
                        grabbed.time(),
                        grabbed.arrival(),
                        null,
                        null,
                        grabbed.picture(),
                        Map.of(LiveClock.ATTRIBUTE, grabbed.timeSource().id()),
                        delivery);
        here = here.after(VideoPosition.NONE, grabbed.time(), false).keeping(grabbed.interval());
        return new VideoRecord(frame, here, grabbed.time(), VideoPosition.NONE);
    }

    /** Reports a state once. */
    private void tell(StreamState now, @Nullable String why, List<VideoRecord> items) {
        if (now != state || !Objects.equals(why, reason)) {
            state = now;
            reason = why;
            items.add(report());
        }
    }

    private VideoRecord report() {
        StreamReport report =
                new StreamReport(
                        split.splitId(),
                        clock.absoluteTimeMillis(),
                        Objects.requireNonNull(state),
                        unreported.of(Handover.Loss.SAMPLED_OUT),
                        unreported.of(Handover.Loss.DROPPED),
                        unreported.of(Handover.Loss.FAILED),
                        reason);
        unreported = new Handover.Losses();
        reportedNanos = clock.relativeTimeNanos();
        return new VideoRecord(report, here, here.mediaMillis(), VideoPosition.NONE);
    }

    @Override
    public List<VideoRecord> finish() {
        List<VideoRecord> items = new ArrayList<>();
        Grab reading = grab;
        if (reading != null) {
            leave(reading, items);
        }
        if (!isFinished()) {
            here = here.asFinished();
            tell(StreamState.ENDED, null, items);
        }
        return items;
    }

    @Override
    public void close() {
        Grab reading = grab;
        if (reading != null) {
            reading.interrupt();
            leaving = reading;
            grab = null;
        }
        if (leaving != null && !leaving.awaitOver(limits.abandonAfter().toMillis())) {
            abandon();
        }
        leaving = null;
    }
}
