package io.frametag.connectors.video;

/**
 * Finds a checkpointed place in a video again, to the frame: by seeking to the keyframe before the
 * last frame's timestamp and decoding on until that frame comes by; where that frame does not show
 * up as expected, by counting frames from the start of the file.
 */
final class Resumption {

    /** Opens the video anew, and closes the reader before. */
    interface Reopening {
        VideoReader reopen() throws VideoException;
    }

    private Resumption() {}

    /** A reader whose next frame is the one after the position. */
    static VideoReader resume(VideoReader reader, VideoPosition position, Reopening reopening)
            throws VideoException, InterruptedVideoException {
        boolean byTimestamp = !position.countOnly() && position.timestamp() != VideoPosition.NONE;
        if (byTimestamp && seek(reader, position.timestamp())) {
            return reader;
        }
        VideoReader fresh = reopening.reopen();
        long frame = 0;
        while (frame < position.frameInPass()) {
            VideoReader.Step step = fresh.next();
            frame += fresh.passed().frames();
            if (frame == position.frameInPass()) {
                fresh.unread(step);
            } else if (step == VideoReader.Step.END) {
                throw new VideoException(
                        "the video has only %d frames, but %d were read before the restart; put the same file back"
                                .formatted(frame, position.frameInPass()));
            } else {
                frame++;
            }
        }
        return fresh;
    }

    private static boolean seek(VideoReader reader, long timestamp)
            throws InterruptedVideoException {
        if (!reader.seek(timestamp)) {
            return false;
        }
        if (reader.keyframesOnly()) {
            return true;
        }
        while (reader.next() == VideoReader.Step.FRAME) {
            Long found = reader.timestamp();
            if (found == null || found > timestamp) {
                return false;
            }
            if (found == timestamp) {
                return true;
            }
        }
        return false;
    }
}
