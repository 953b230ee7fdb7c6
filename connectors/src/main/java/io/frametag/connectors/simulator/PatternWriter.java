package io.frametag.connectors.simulator;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.connectors.video.VideoException;
import io.frametag.models.picture.Ffmpeg;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Encodes a test pattern into a file. Owns the muxer, the encoder, a frame and a packet until
 * {@link #close()}; for one thread.
 */
final class PatternWriter implements AutoCloseable {

    private static final String ENCODER = "libopenh264";

    private final TestPattern pattern;
    private final Path file;
    private final AVFormatContext muxer = new AVFormatContext(null);
    private final AVIOContext io = new AVIOContext(null);
    private AVCodecContext encoder = new AVCodecContext(null);
    private AVFrame frame = new AVFrame(null);
    private AVPacket packet = new AVPacket(null);

    PatternWriter(TestPattern pattern, Path file) {
        Ffmpeg.load();
        this.pattern = pattern;
        this.file = file;
    }

    void write() throws VideoException {
        AVCodec codec = avcodec_find_encoder_by_name(ENCODER);
        if (codec == null) {
            throw new VideoException(
                    "this build of FFmpeg can't encode H.264; give a video file instead");
        }
        check(
                avformat_alloc_output_context2(
                        muxer, (AVOutputFormat) null, (String) null, file.toString()));
        openEncoder(codec);
        AVStream stream = avformat_new_stream(muxer, codec);
        stream.time_base(encoder.time_base());
        stream.avg_frame_rate().num(pattern.framesPerSecond()).den(1);
        check(avcodec_parameters_from_context(stream.codecpar(), encoder));
        check(avio_open(io, "file:" + file.toAbsolutePath(), AVIO_FLAG_WRITE));
        muxer.pb(io);
        check(avformat_write_header(muxer, (AVDictionary) null));
        encode(stream);
        check(av_write_trailer(muxer));
    }

    private void openEncoder(AVCodec codec) throws VideoException {
        encoder = Ffmpeg.notNull(avcodec_alloc_context3(codec), "an encoder");
        encoder.width(pattern.width()).height(pattern.height()).pix_fmt(AV_PIX_FMT_YUV420P);
        encoder.time_base().num(1).den(pattern.framesPerSecond());
        encoder.framerate().num(pattern.framesPerSecond()).den(1);
        encoder.gop_size(pattern.keyframeEvery());
        encoder.bit_rate(2L * pattern.width() * pattern.height());
        encoder.thread_count(1);
        // Without it the encoder leaves out frames to keep to its bit rate.
        av_opt_set_int(encoder, "allow_skip_frames", 0, AV_OPT_SEARCH_CHILDREN);
        if ((muxer.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        check(avcodec_open2(encoder, codec, (AVDictionary) null));
    }

    private void encode(AVStream stream) throws VideoException {
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        frame.width(pattern.width()).height(pattern.height()).format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(frame, 0));
        for (int number = 0; number < pattern.frames(); number++) {
            check(av_frame_make_writable(frame));
            paint(number);
            frame.pts(number);
            check(avcodec_send_frame(encoder, frame));
            drain(stream);
        }
        check(avcodec_send_frame(encoder, (AVFrame) null));
        drain(stream);
    }

    private void paint(int number) {
        byte[] row = new byte[pattern.width()];
        for (int y = 0; y < pattern.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = (byte) pattern.luma(number, x, y);
            }
            frame.data(0).position((long) y * frame.linesize(0)).put(row);
        }
        Arrays.fill(row, (byte) 128);
        for (int plane = 1; plane < 3; plane++) {
            for (int y = 0; y < pattern.height() / 2; y++) {
                frame.data(plane)
                        .position((long) y * frame.linesize(plane))
                        .put(row, 0, row.length / 2);
            }
        }
    }

    private void drain(AVStream stream) throws VideoException {
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            packet.duration(av_rescale_q(1, encoder.time_base(), stream.time_base()));
            check(av_interleaved_write_frame(muxer, packet));
        }
    }

    private void check(int result) throws VideoException {
        if (result < 0) {
            throw new VideoException(
                    "test pattern can't be written to " + file + ": " + Ffmpeg.describe(result));
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(encoder);
        if (!io.isNull()) {
            avio_closep(io);
        }
        avformat_free_context(muxer);
    }
}
