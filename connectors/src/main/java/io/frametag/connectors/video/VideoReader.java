package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.frametag.models.picture.Ffmpeg;
import io.frametag.models.picture.FrameConverter;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.sample.LumaGrid;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one video, one after another, in the order they are shown. Says for each whether it
 * could be decoded, and at the end whether the video was whole.
 *
 * <p>For one thread at a time; {@link Interruption#request()} may come from any. Owns FFmpeg's
 * demuxer and decoder (in {@link OpenVideo}), its packet, frame and converter, until {@link
 * #close()}.
 */
final class VideoReader implements AutoCloseable {

    /** What reading on came to. */
    enum Step {
        /** The next frame is there. */
        FRAME,
        /** The next frame is damaged. */
        FAILED,
        /** There are no more frames. */
        END
    }

    /** Servers round the lengths that they tell, and frames at the end may be lost. */
    private static final long TOLD_LENGTH_TOLERANCE_MILLIS = 1_500;

    private final OpenVideo video;
    private final Interruption interruption;
    private final AVPacket packet;
    private final AVFrame frame;
    private final FrameConverter converter = new FrameConverter();
    private final @Nullable KeyframePackets keyframes;
    private KeyframePackets.Passed passed = KeyframePackets.Passed.NOTHING;
    private @Nullable Step unread;
    private boolean drained;
    private @Nullable String error;
    private @Nullable Long senderMicros;
    private long endMicros;
    private boolean closed;

    private VideoReader(OpenVideo video, boolean keyframesOnly, Interruption interruption) {
        this.video = video;
        this.interruption = interruption;
        keyframes = keyframesOnly ? new KeyframePackets(this::read) : null;
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
    }

    /** Opens a video. The interruption stays the caller's, to be closed after this reader. */
    static VideoReader open(String uri, PictureLimits limits, Interruption interruption)
            throws VideoException {
        return open(uri, limits, false, interruption);
    }

    /** Opens a video of which, perhaps, only keyframes are decoded. */
    static VideoReader open(
            String uri, PictureLimits limits, boolean keyframesOnly, Interruption interruption)
            throws VideoException {
        return open(VideoInput.file(VideoFile.readable(uri)), limits, keyframesOnly, interruption);
    }

    static VideoReader open(
            VideoInput input,
            PictureLimits limits,
            boolean keyframesOnly,
            Interruption interruption)
            throws VideoException {
        return new VideoReader(
                OpenVideo.open(input, limits, interruption), keyframesOnly, interruption);
    }

    /**
     * Reads on to the next frame.
     *
     * @throws InterruptedVideoException where the interruption was requested: this reader has then
     *     lost its place and must be closed
     */
    Step next() throws InterruptedVideoException {
        Step again = unread;
        if (again != null) {
            unread = null;
            return again;
        }
        return keyframes == null ? nextFrame() : nextKeyframe(keyframes);
    }

    private Step nextFrame() throws InterruptedVideoException {
        while (true) {
            checkInterruption();
            av_frame_unref(frame);
            int received = avcodec_receive_frame(video.decoder(), frame);
            if (received == 0) {
                return frameStep();
            }
            boolean wantsMore = received == AVERROR_EAGAIN();
            if (received == AVERROR_EOF() || (wantsMore && drained)) {
                return Step.END;
            }
            if (!wantsMore || !feed()) {
                return Step.FAILED;
            }
        }
    }

    private Step nextKeyframe(KeyframePackets source) throws InterruptedVideoException {
        passed = KeyframePackets.Passed.NOTHING;
        while (true) {
            checkInterruption();
            passed = passed.then(source.next(packet));
            if (passed.atEnd()) {
                return Step.END;
            }
            long timestamp = packet.pts();
            if (!decodeAlone()) {
                return Step.FAILED;
            }
            if ((frame.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0) {
                return frameStep();
            }
            // The file calls it a keyframe, but it needs others.
            passed = passed.then(new KeyframePackets.Passed(1, timestamp, false));
        }
    }

    /** Decodes a keyframe by itself: it needs no other, and none waits for it. */
    private boolean decodeAlone() {
        av_frame_unref(frame);
        try {
            int result = avcodec_send_packet(video.decoder(), packet);
            if (result >= 0) {
                avcodec_send_packet(video.decoder(), (AVPacket) null);
                result = avcodec_receive_frame(video.decoder(), frame);
            }
            return result >= 0;
        } finally {
            av_packet_unref(packet);
            avcodec_flush_buffers(video.decoder());
        }
    }

    /** What was passed over, where only keyframes are decoded, between the last two steps. */
    KeyframePackets.Passed passed() {
        return passed;
    }

    boolean keyframesOnly() {
        return keyframes != null;
    }

    /** Has {@link #next} take the last step again, with nothing passed over before it. */
    void unread(Step step) {
        unread = step;
        passed = KeyframePackets.Passed.NOTHING;
    }

    private Step frameStep() {
        endMicros = Math.max(endMicros, (long) (video.micros(pts()) + video.micros(frame)));
        boolean damaged =
                frame.decode_error_flags() != 0
                        || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        return damaged ? Step.FAILED : Step.FRAME;
    }

    /** Hands the decoder its next packet, or the news that there is none; false if it refuses. */
    private boolean feed() throws InterruptedVideoException {
        if (!read(packet)) {
            avcodec_send_packet(video.decoder(), (AVPacket) null);
            return true;
        }
        try {
            return avcodec_send_packet(video.decoder(), packet) >= 0;
        } finally {
            av_packet_unref(packet);
        }
    }

    /** Reads the next packet of the video; false at its end. */
    private boolean read(AVPacket into) throws InterruptedVideoException {
        while (!drained) {
            // A read that took too long may still give what FFmpeg held back; the next one ends.
            if (!interruption.isOverdue()) {
                interruption.restartClock();
            }
            int read = av_read_frame(video.demuxer(), into);
            checkInterruption();
            if (read < 0) {
                noteEnd(read);
                drained = true;
                return false;
            }
            if (into.stream_index() == video.streamIndex()) {
                noteSenderTime(into);
                if (keyframes != null) {
                    endMicros = Math.max(endMicros, (long) video.endMicros(into));
                }
                return true;
            }
            av_packet_unref(into);
        }
        return false;
    }

    /** RTP packets tell the sender's time of day once it has sent a report. */
    private void noteSenderTime(AVPacket of) {
        if (!video.input().isLive() || of.pts() == AV_NOPTS_VALUE()) {
            return;
        }
        BytePointer time = av_packet_get_side_data(of, AV_PKT_DATA_PRFT, (SizeTPointer) null);
        if (time != null) {
            long micros = new AVProducerReferenceTime(time).wallclock();
            senderMicros = micros - (long) video.micros(of.pts());
        }
    }

    private void noteEnd(int code) {
        error = video.input().ended(code, interruption.isOverdue());
    }

    /**
     * Time of day at the sender when the video's time was 0, in microseconds since the epoch; null
     * where it has not said so.
     */
    @Nullable Long senderMicros() {
        return senderMicros;
    }

    /** Whether the video has an end that was known from the start. */
    boolean isFinite() {
        return video.demuxer().duration() != AV_NOPTS_VALUE() && video.demuxer().duration() > 0;
    }

    /**
     * How many milliseconds of the length that an RTSP server told are missing; 0 where it told
     * none or all but the last moments came. FFmpeg takes a connection that breaks for an end.
     */
    long missesMillis() {
        if (!video.format().equals("rtsp") || !isFinite()) {
            return 0;
        }
        long missing = (video.demuxer().duration() - endMicros) / 1_000;
        return missing > TOLD_LENGTH_TOLERANCE_MILLIS ? missing : 0;
    }

    /** Why something that belongs to the video was not fetched; null where all was. */
    @Nullable VideoException refusal() {
        return video.refusal();
    }

    /** Whether frames come faster than they were taken, and are to be held back. */
    boolean isAhead() {
        return isFinite() || video.format().equals("hls");
    }

    /** The luma of the current frame; null where only its {@link #picture()} can tell. */
    @Nullable LumaGrid luma() {
        return LumaGrid.of(frame);
    }

    private void checkInterruption() throws InterruptedVideoException {
        if (interruption.isRequested()) {
            throw new InterruptedVideoException();
        }
    }

    /** The timestamp of the current frame in the stream's own units, or null if it has none. */
    @Nullable Long timestamp() {
        long pts = frame.pts();
        return pts == AV_NOPTS_VALUE() ? null : pts;
    }

    private long pts() {
        return frame.best_effort_timestamp();
    }

    /** Time of the current frame since the start of the video, or null if it can't be told. */
    @Nullable Long mediaMillis() {
        long pts = pts();
        // Motion JPEG has no timestamps; FFmpeg makes some up.
        return pts == AV_NOPTS_VALUE() || video.format().equals("mpjpeg")
                ? null
                : Math.round(video.micros(pts) / 1000.0);
    }

    /** How long a frame is shown on average. */
    long averageFrameMillis() {
        return video.averageFrameMillis();
    }

    /** The current frame's picture, the right way up. */
    Picture picture() throws PictureException {
        return Rotation.turn(converter.convert(frame), video.quarterTurns());
    }

    /** At the end: what kept the rest of the video from being read; null if it was whole. */
    @Nullable String error() {
        if (error == null && video.missesMillisAfter(endMicros) > 0) {
            return "the video file is cut short: it ends "
                    + video.missesMillisAfter(endMicros)
                    + " ms before its time; copy it again";
        }
        return error;
    }

    /**
     * Moves to the keyframe at or before that timestamp, or, where only keyframes are decoded,
     * right behind that timestamp; false where the video can't do that.
     */
    boolean seek(long timestamp) throws InterruptedVideoException {
        interruption.restartClock();
        int result =
                av_seek_frame(
                        video.demuxer(), video.streamIndex(), timestamp, AVSEEK_FLAG_BACKWARD);
        if (result < 0) {
            return false;
        }
        avcodec_flush_buffers(video.decoder());
        drained = false;
        return keyframes == null || keyframes.restartBehind(timestamp);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        converter.close();
        if (keyframes != null) {
            keyframes.close();
        }
        av_frame_free(frame);
        av_packet_free(packet);
        video.close();
    }
}
