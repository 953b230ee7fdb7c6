package io.frametag.connectors.video;

import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How far a stream has been handed on. Lies between two items, with every frame before it accounted
 * for, so that going on from here gives the very items that an uninterrupted run would have given.
 *
 * @param opened whether the stream was reported to be up
 * @param finished whether its last item was handed on
 * @param startMillis event time of the first frame, in milliseconds since the epoch
 * @param sequence number of the next frame
 * @param passStart sequence number of the first frame of this pass through the file
 * @param passMillis media time at which this pass began: the length of the passes before it
 * @param timestamp of the last frame, in the file's units; {@link #NONE} before the first of a pass
 * @param mediaMillis media time of the last frame; {@link #NONE} before the first
 * @param interval of the last frame that the sampling kept
 * @param countOnly whether frames were damaged, or their timestamps missing or out of order, in
 *     this pass, so that a timestamp does not find the place again
 */
record VideoPosition(
        boolean opened,
        boolean finished,
        long startMillis,
        long sequence,
        long passStart,
        long passMillis,
        long timestamp,
        long mediaMillis,
        long interval,
        boolean countOnly)
        implements Serializable {

    static final long NONE = Long.MIN_VALUE;

    static final VideoPosition START =
            new VideoPosition(false, false, NONE, 0, 0, 0, NONE, NONE, Sampling.NO_INTERVAL, false);

    /** The start of a stream that follows another one of the same id: its numbers go on. */
    VideoPosition numberedFrom(long sequence) {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence,
                sequence,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    /** Frames of this pass before the position. */
    long frameInPass() {
        return sequence - passStart;
    }

    VideoPosition asOpened() {
        return new VideoPosition(
                true,
                finished,
                startMillis,
                sequence,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    VideoPosition asFinished() {
        return new VideoPosition(
                opened,
                true,
                startMillis,
                sequence,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    VideoPosition startingAt(long millis) {
        return new VideoPosition(
                opened,
                finished,
                millis,
                sequence,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    /** Behind a frame that was decoded. */
    VideoPosition after(long timestamp, long mediaMillis, boolean inOrder) {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence + 1,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly || !inOrder);
    }

    /**
     * Behind frames that were passed over without decoding them.
     *
     * @param last timestamp of the last of them; {@link #NONE} where that is not known
     */
    VideoPosition passing(long frames, long last) {
        if (frames == 0) {
            return this;
        }
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence + frames,
                passStart,
                passMillis,
                Math.max(timestamp, last),
                mediaMillis,
                interval,
                countOnly || last == NONE);
    }

    /** With the time of the file that the last picture was in, in place of that of a pass. */
    VideoPosition marked(long millis) {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence,
                passStart,
                millis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    /** Behind a frame that was damaged. */
    VideoPosition afterFailure() {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence + 1,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                true);
    }

    /** With the frame before it kept by the sampling. */
    VideoPosition keeping(long interval) {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence,
                passStart,
                passMillis,
                timestamp,
                mediaMillis,
                interval,
                countOnly);
    }

    /** At the start of the next pass. */
    VideoPosition nextPass(long passMillis) {
        return new VideoPosition(
                opened,
                finished,
                startMillis,
                sequence,
                sequence,
                passMillis,
                NONE,
                mediaMillis,
                interval,
                false);
    }

    void write(DataOutputView out) throws IOException {
        out.writeBoolean(opened);
        out.writeBoolean(finished);
        out.writeLong(startMillis);
        out.writeLong(sequence);
        out.writeLong(passStart);
        out.writeLong(passMillis);
        out.writeLong(timestamp);
        out.writeLong(mediaMillis);
        out.writeLong(interval);
        out.writeBoolean(countOnly);
    }

    static VideoPosition read(DataInputView in) throws IOException {
        return new VideoPosition(
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean());
    }
}
