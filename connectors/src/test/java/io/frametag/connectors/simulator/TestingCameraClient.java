package io.frametag.connectors.simulator;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * FFmpeg as a client: receives a stream and decodes every frame, until the stream ends, something
 * fails, or a frame of the caller's choice came. Every call is bounded.
 */
final class TestingCameraClient implements AutoCloseable {

    private static final AVRational TICKS = new AVRational().num(1).den(90_000);
    private static final Deadline DEADLINE = new Deadline();

    private final AVFormatContext demuxer = avformat_alloc_context();
    private final AVStream stream;
    private final AVCodecContext decoder;
    private final List<Decoded> frames = new ArrayList<>();
    private long wallClockMicros;

    /** A frame as decoded. */
    record Decoded(long ticks, int width, int height, int number, long checksum, boolean damaged) {}

    /** What FFmpeg said when it could not connect. */
    static final class ConnectException extends Exception {

        private static final long serialVersionUID = 1L;

        final int error;

        ConnectException(int error) {
            super(Ffmpeg.describe(error));
            this.error = error;
        }
    }

    /** Ends FFmpeg's calls when their time is over; one for all, since tests run one by one. */
    private static final class Deadline extends AVIOInterruptCB.Callback_Pointer {

        private volatile long nanos;

        void in(Duration duration) {
            nanos = System.nanoTime() + duration.toNanos();
        }

        @Override
        public int call(Pointer opaque) {
            return System.nanoTime() - nanos > 0 ? 1 : 0;
        }
    }

    TestingCameraClient(String uri, Map<String, String> with, Duration limit)
            throws ConnectException {
        Ffmpeg.load();
        avformat_network_init();
        DEADLINE.in(limit);
        demuxer.interrupt_callback().callback(DEADLINE);
        AVDictionary options = new AVDictionary(null);
        with.forEach((key, value) -> av_dict_set(options, key, value, 0));
        int result = avformat_open_input(demuxer, uri, (AVInputFormat) null, options);
        av_dict_free(options);
        if (result < 0) {
            throw new ConnectException(result);
        }
        avformat_find_stream_info(demuxer, (PointerPointer<?>) null);
        int index = av_find_best_stream(demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            avformat_close_input(demuxer);
            throw new ConnectException(index);
        }
        stream = demuxer.streams(index);
        AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
        decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, stream.codecpar());
        decoder.pkt_timebase(stream.time_base());
        decoder.thread_count(1);
        decoder.flags(decoder.flags() | AV_CODEC_FLAG_OUTPUT_CORRUPT);
        avcodec_open2(decoder, codec, (AVDictionary) null);
    }

    /**
     * Receives until that frame came.
     *
     * @return false where the stream ended or stood still for too long before
     */
    boolean receive(Duration limit, Predicate<Decoded> last) {
        DEADLINE.in(limit);
        AVPacket packet = av_packet_alloc();
        AVFrame frame = av_frame_alloc();
        try {
            int seen = frames.size();
            int result;
            while ((result = av_read_frame(demuxer, packet)) >= 0) {
                if (packet.stream_index() == stream.index()) {
                    avcodec_send_packet(decoder, packet);
                    noteWallClock(packet);
                }
                av_packet_unref(packet);
                drain(frame);
                for (; seen < frames.size(); seen++) {
                    if (last.test(frames.get(seen))) {
                        return true;
                    }
                }
            }
            if (result != AVERROR_EXIT()) {
                avcodec_send_packet(decoder, (AVPacket) null);
                drain(frame);
            }
            return false;
        } finally {
            av_packet_free(packet);
            av_frame_free(frame);
        }
    }

    /** Receives all until the stream ends or the time is over. */
    List<Decoded> receiveAll(Duration limit) {
        receive(limit, frame -> false);
        return frames;
    }

    List<Decoded> frames() {
        return frames;
    }

    /** The time of day at which the last frame was taken, as the camera says; 0 for unknown. */
    long wallClockMicros() {
        return wallClockMicros;
    }

    private void noteWallClock(AVPacket packet) {
        for (int i = 0; i < packet.side_data_elems(); i++) {
            var data = packet.side_data().position(i);
            if (data.type() == AV_PKT_DATA_PRFT) {
                wallClockMicros = data.data().getLong();
            }
        }
    }

    private void drain(AVFrame frame) {
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            frames.add(decoded(frame));
            av_frame_unref(frame);
        }
    }

    private Decoded decoded(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        ByteBuffer luma = frame.data(0).capacity((long) frame.linesize(0) * height).asByteBuffer();
        CRC32 checksum = new CRC32();
        byte[] row = new byte[width];
        for (int y = 0; y < height; y++) {
            luma.get(y * frame.linesize(0), row);
            checksum.update(row);
        }
        int stride = frame.linesize(0);
        return new Decoded(
                av_rescale_q(frame.best_effort_timestamp(), stream.time_base(), TICKS),
                width,
                height,
                TestPattern.numberOn(width, height, (x, y) -> luma.get(y * stride + x) & 0xff),
                checksum.getValue(),
                frame.decode_error_flags() != 0
                        || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0);
    }

    @Override
    public void close() {
        DEADLINE.in(Duration.ofSeconds(5));
        avcodec_free_context(decoder);
        avformat_close_input(demuxer);
    }
}
