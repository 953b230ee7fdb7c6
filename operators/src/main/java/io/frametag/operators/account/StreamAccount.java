package io.frametag.operators.account;

import io.frametag.operators.data.Counts;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What became of the frames of one stream. Immutable.
 *
 * <p>Entries of one frame may overtake each other, as they travel different ways: the word that a
 * frame was tagged may come before the word that it entered. A settled frame has entered all the
 * same, so the frames that entered are at least those settled; with that, frames in flight are
 * never negative and the sum of {@link StreamStatus} holds at any time.
 *
 * @param state of the stream as last reported
 * @param entered frames that set out to the encoder
 * @param settled of these, frames of which the outcome is known
 * @param tagged frames that got their tags
 * @param reused of those, frames that got them by the embedding of another that looks the same
 * @param sampledOut frames left out by the sampling, by reason
 * @param dropped frames lost, by reason
 * @param failed frames that could not be processed, by reason
 * @param lastFrameTime event time of the newest frame in milliseconds; null before the first
 * @param error why the stream is not up; null where nothing is wrong
 */
@Internal
public record StreamAccount(
        StreamState state,
        long entered,
        long settled,
        long tagged,
        long reused,
        Map<String, Long> sampledOut,
        Map<String, Long> dropped,
        Map<String, Long> failed,
        @Nullable Long lastFrameTime,
        @Nullable String error) {

    static final StreamAccount EMPTY =
            new StreamAccount(
                    StreamState.CONNECTING, 0, 0, 0, 0, Map.of(), Map.of(), Map.of(), null, null);

    public StreamAccount {
        sampledOut = Map.copyOf(sampledOut);
        dropped = Map.copyOf(dropped);
        failed = Map.copyOf(failed);
    }

    StreamAccount plus(AccountEntry entry) {
        if (entry instanceof AccountEntry.Entered frame) {
            return plusEntered(frame.frameTime());
        }
        if (entry instanceof AccountEntry.Tagged frame) {
            return settled(
                    tagged + 1, reused + (frame.reused() ? 1 : 0), sampledOut, dropped, failed);
        }
        if (entry instanceof AccountEntry.SampledOut frame) {
            return settled(
                    tagged, reused, Counts.plus(sampledOut, frame.reason(), 1), dropped, failed);
        }
        if (entry instanceof AccountEntry.Dropped frame) {
            return settled(
                    tagged, reused, sampledOut, Counts.plus(dropped, frame.reason(), 1), failed);
        }
        if (entry instanceof AccountEntry.Failed frame) {
            return settled(
                    tagged, reused, sampledOut, dropped, Counts.plus(failed, frame.reason(), 1));
        }
        return plusReport(((AccountEntry.Reported) entry).report());
    }

    private StreamAccount plusEntered(long frameTime) {
        long newest = lastFrameTime == null ? frameTime : Math.max(lastFrameTime, frameTime);
        return new StreamAccount(
                StreamState.UP,
                entered + 1,
                settled,
                tagged,
                reused,
                sampledOut,
                dropped,
                failed,
                newest,
                null);
    }

    /** With one frame more that is settled, and the counts that are then so. */
    private StreamAccount settled(
            long taggedNow,
            long reusedNow,
            Map<String, Long> sampledOutNow,
            Map<String, Long> droppedNow,
            Map<String, Long> failedNow) {
        return new StreamAccount(
                state,
                entered,
                settled + 1,
                taggedNow,
                reusedNow,
                sampledOutNow,
                droppedNow,
                failedNow,
                lastFrameTime,
                error);
    }

    private StreamAccount plusReport(StreamReport report) {
        return new StreamAccount(
                report.state(),
                entered,
                settled,
                tagged,
                reused,
                Counts.plus(sampledOut, report.sampledOutBy()),
                Counts.plus(dropped, report.dropped()),
                Counts.plus(failed, report.failed()),
                lastFrameTime,
                report.error());
    }

    /** The account once no more frames can come: a stream that was being read has ended. */
    StreamAccount ended() {
        boolean over =
                state == StreamState.UP
                        || state == StreamState.CONNECTING
                        || state == StreamState.STALLED;
        return over
                ? new StreamAccount(
                        StreamState.ENDED,
                        entered,
                        settled,
                        tagged,
                        reused,
                        sampledOut,
                        dropped,
                        failed,
                        lastFrameTime,
                        error)
                : this;
    }

    long inFlight() {
        return Math.max(0, entered - settled);
    }

    /** The state to tell: a stream has not ended before all of its frames are accounted for. */
    StreamState shownState() {
        return state == StreamState.ENDED && inFlight() > 0 ? StreamState.UP : state;
    }

    StreamStatus status(String stream, long time) {
        return new StreamStatus(
                stream,
                time,
                shownState(),
                tagged
                        + Counts.sum(sampledOut)
                        + Counts.sum(dropped)
                        + Counts.sum(failed)
                        + inFlight(),
                tagged,
                reused,
                sampledOut,
                dropped,
                failed,
                inFlight(),
                lastFrameTime,
                error);
    }
}
