package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.Counts;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.LumaGrid;
import io.frametag.operators.sample.Motion;
import io.frametag.operators.sample.MotionGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.clock.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Turns one stream into its items, from a position on: the report that it is up, its sampled
 * frames, before each a report on those left out since, and the report on how it ended. The items
 * depend on the file, the settings and the position alone, so that a replay gives the same; but
 * where frames are kept on motion, the first one behind the position is kept whatever it shows.
 *
 * <p>For one thread at a time; {@link #interrupt()} may come from any. Owns the {@link
 * VideoReader}.
 */
final class VideoPlayer implements StreamPlayer {

    /** Longest that FFmpeg may wait for data before the stream counts as lost. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    /** How far behind the clock a restored stream may be and still catch up. */
    private static final long CATCH_UP_MILLIS = 10_000;

    private final VideoSplit split;
    private final VideoSettings settings;
    private final Clock clock;
    private final Interruption interruption = new Interruption(READ_LIMIT);
    private final @Nullable MotionGate motion;
    private @Nullable VideoReader reader;

    /** Where the last item handed out ends. What was read beyond it is lost by an interruption. */
    private VideoPosition delivered;

    /** Behind the last frame read. */
    private VideoPosition here;

    private long sampledOut;
    private long motionless;
    private long passedOver;
    private long failed;

    VideoPlayer(VideoSplit split, VideoSettings settings, Clock clock) {
        this.split = split;
        this.settings = settings.of(split.stream());
        this.clock = clock;
        Motion shown = this.settings.sampling().motion();
        motion = shown == null ? null : new MotionGate(shown);
        delivered = split.position();
        here = delivered;
    }

    @Override
    public boolean isFinished() {
        return delivered.finished();
    }

    @Override
    public void interrupt() {
        interruption.request();
    }

    /** The next item or two (a report and the frame after it); none where interrupted. */
    @Override
    public List<VideoRecord> next() {
        if (interruption.takeRequest() || isFinished()) {
            return List.of();
        }
        List<VideoRecord> items;
        try {
            items = play();
        } catch (InterruptedVideoException e) {
            interruption.takeRequest();
            rewind();
            return List.of();
        } catch (VideoException e) {
            if (interruption.takeRequest()) {
                // A wake-up ends the call that opens a video as well: that is no fault of its.
                rewind();
                return List.of();
            }
            items = List.of(report(here.asFinished(), StreamState.REFUSED, e.getMessage()));
        }
        delivered = items.get(items.size() - 1).after();
        here = delivered;
        if (isFinished()) {
            closeReader();
        }
        return items;
    }

    @Override
    public List<VideoRecord> finish() {
        if (isFinished()) {
            return List.of();
        }
        rewind();
        VideoRecord last = report(here.asFinished(), StreamState.ENDED, null);
        delivered = last.after();
        here = delivered;
        return List.of(last);
    }

    private void rewind() {
        closeReader();
        here = delivered;
        sampledOut = 0;
        motionless = 0;
        passedOver = 0;
        failed = 0;
    }

    private List<VideoRecord> play() throws VideoException, InterruptedVideoException {
        if (reader == null) {
            open();
            if (!here.opened()) {
                return List.of(report(here.asOpened(), StreamState.UP, null));
            }
        }
        while (true) {
            List<VideoRecord> items =
                    switch (reader.next()) {
                        case FRAME -> frame();
                        case FAILED -> failure();
                        case END -> end();
                    };
            if (!items.isEmpty()) {
                return items;
            }
        }
    }

    private void open() throws VideoException, InterruptedVideoException {
        reader = openReader();
        if (here.startMillis() == VideoPosition.NONE) {
            here = here.startingAt(settings.playback().firstEventTime(clock));
        } else if (settings.playback().realTime()) {
            catchUp();
        }
        if (here.frameInPass() > 0) {
            reader = Resumption.resume(reader, here, this::reopen);
        }
    }

    private VideoReader reopen() throws VideoException {
        closeReader();
        reader = openReader();
        return reader;
    }

    private VideoReader openReader() throws VideoException {
        return VideoReader.open(
                split.uri(), settings.limits(), settings.keyframesOnly(), interruption);
    }

    /** Frames that were not decoded count as sampled out. */
    private KeyframePackets.Passed passOver() {
        KeyframePackets.Passed passed = reader.passed();
        passedOver += passed.frames();
        here = here.passing(passed.frames(), passed.timestamp());
        return passed;
    }

    /** A camera does not send what it saw while nobody was there. */
    private void catchUp() {
        long behind = clock.absoluteTimeMillis() - Timeline.eventTime(here);
        if (behind > CATCH_UP_MILLIS) {
            here = here.startingAt(here.startMillis() + behind);
        }
    }

    private List<VideoRecord> frame() {
        long steps = 1 + passOver().frames();
        VideoPosition before = here;
        here =
                Timeline.after(
                        before,
                        reader.timestamp(),
                        reader.mediaMillis(),
                        steps * reader.averageFrameMillis());
        long eventTime = Timeline.eventTime(here);
        if (!settings.sampling().keeps(eventTime, before.interval())) {
            sampledOut++;
            return List.of();
        }
        LumaGrid luma = motion == null ? null : reader.luma();
        if (luma != null && !motion.keeps(luma, eventTime)) {
            return motionless(eventTime);
        }
        try {
            Picture picture = reader.picture();
            boolean unjudged = motion != null && luma == null;
            return unjudged && !motion.keeps(LumaGrid.of(picture), eventTime)
                    ? motionless(eventTime)
                    : kept(before, eventTime, picture);
        } catch (PictureException e) {
            failed++;
            return List.of();
        }
    }

    private List<VideoRecord> motionless(long eventTime) {
        here = here.keeping(settings.sampling().interval(eventTime));
        motionless++;
        return List.of();
    }

    private List<VideoRecord> kept(VideoPosition before, long eventTime, Picture picture) {
        List<VideoRecord> items = new ArrayList<>(2);
        if (sampledOut + motionless + passedOver + failed > 0) {
            items.add(report(before, StreamState.UP, null));
        }
        here = here.keeping(settings.sampling().interval(eventTime));
        long due = settings.playback().realTime() ? eventTime : VideoPosition.NONE;
        long arrival = Math.max(clock.absoluteTimeMillis(), due);
        Frame frame =
                Frame.decoded(split.splitId(), before.sequence(), eventTime, arrival, picture);
        items.add(new VideoRecord(frame, here, eventTime, due));
        return items;
    }

    private List<VideoRecord> failure() {
        passOver();
        failed++;
        here = here.afterFailure();
        return List.of();
    }

    private List<VideoRecord> end() throws VideoException {
        String error = reader.error();
        long steps = 1 + passOver().frames();
        boolean decodedSome = here.mediaMillis() >= here.passMillis();
        if (here.frameInPass() == 0 && here.passMillis() == 0) {
            throw new VideoException(
                    error != null
                            ? error
                            : "the video in " + split.uri() + " has no frames; copy it again");
        }
        if (settings.playback().loop() && decodedSome) {
            here = here.nextPass(here.mediaMillis() + steps * reader.averageFrameMillis());
            reopen();
            return List.of();
        }
        String cause = decodedSome ? error : "no frame of the video can be decoded";
        return List.of(report(here.asFinished(), StreamState.ENDED, cause));
    }

    private VideoRecord report(VideoPosition after, StreamState state, @Nullable String error) {
        StreamReport report =
                new StreamReport(
                        split.splitId(),
                        clock.absoluteTimeMillis(),
                        state,
                        leftOut(),
                        Map.of(),
                        failed == 0 ? Map.of() : Map.of(PictureException.CORRUPT, failed),
                        error);
        sampledOut = 0;
        motionless = 0;
        passedOver = 0;
        failed = 0;
        boolean timed = after.mediaMillis() != VideoPosition.NONE;
        long eventTime = timed ? Timeline.eventTime(after) : VideoPosition.NONE;
        boolean waits = after.finished() && settings.playback().realTime();
        return new VideoRecord(report, after, eventTime, waits ? eventTime : VideoPosition.NONE);
    }

    private Map<String, Long> leftOut() {
        Map<String, Long> byRate = SampledOut.of(SampledOut.RATE, sampledOut);
        return Counts.plus(
                Counts.plus(byRate, SampledOut.of(SampledOut.MOTION, motionless)),
                SampledOut.of(SampledOut.KEYFRAME, passedOver));
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        closeReader();
        interruption.close();
    }
}
