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
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
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

    private final OpenVideo video;
    private final Interruption interruption;
    private final AVPacket packet;
    private final AVFrame frame;
    private final FrameConverter converter = new FrameConverter();
    private boolean drained;
    private @Nullable String error;
    private long endMicros;
    private boolean closed;

    private VideoReader(OpenVideo video, Interruption interruption) {
        this.video = video;
        this.interruption = interruption;
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
    }

    /** Opens a video. The interruption stays the caller's, to be closed after this reader. */
    static VideoReader open(String uri, PictureLimits limits, Interruption interruption)
            throws VideoException {
        return new VideoReader(OpenVideo.open(uri, limits, interruption), interruption);
    }

    /**
     * Reads on to the next frame.
     *
     * @throws InterruptedVideoException where the interruption was requested: this reader has then
     *     lost its place and must be closed
     */
    Step next() throws InterruptedVideoException {
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

    private Step frameStep() {
        endMicros = Math.max(endMicros, (long) (video.micros(pts()) + video.micros(frame)));
        boolean damaged =
                frame.decode_error_flags() != 0
                        || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        return damaged ? Step.FAILED : Step.FRAME;
    }

    /** Hands the decoder its next packet, or the news that there is none; false if it refuses. */
    private boolean feed() throws InterruptedVideoException {
        interruption.restartClock();
        int read = av_read_frame(video.demuxer(), packet);
        checkInterruption();
        if (read < 0) {
            noteEnd(read);
            drained = true;
            avcodec_send_packet(video.decoder(), (AVPacket) null);
            return true;
        }
        try {
            return packet.stream_index() != video.streamIndex()
                    || avcodec_send_packet(video.decoder(), packet) >= 0;
        } finally {
            av_packet_unref(packet);
        }
    }

    private void noteEnd(int code) {
        if (interruption.isOverdue()) {
            error = "the video gives no more data; its storage may be hanging";
        } else if (code != AVERROR_EOF()) {
            error = "the video can't be read to its end: " + Ffmpeg.describe(code);
        }
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
        return pts == AV_NOPTS_VALUE() ? null : Math.round(video.micros(pts) / 1000.0);
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

    /** Moves to the keyframe at or before that timestamp; false where the video can't do that. */
    boolean seek(long timestamp) {
        interruption.restartClock();
        int result =
                av_seek_frame(
                        video.demuxer(), video.streamIndex(), timestamp, AVSEEK_FLAG_BACKWARD);
        if (result < 0) {
            return false;
        }
        avcodec_flush_buffers(video.decoder());
        drained = false;
        return true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        converter.close();
        av_frame_free(frame);
        av_packet_free(packet);
        video.close();
    }
}
