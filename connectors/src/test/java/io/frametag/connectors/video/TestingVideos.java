package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;

/** Writes small videos for tests: grey pictures, frame {@code n} of brightness {@code 2 n + 20}. */
final class TestingVideos {

    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    private final int frames;
    private int framesPerSecond = 25;
    private int keyframeDistance = 12;
    private int betweenFrames = 2;
    private String encoder = "mpeg4";
    private int degrees;
    private boolean textured;
    private int[] ticks = new int[0];

    private TestingVideos(int frames) {
        this.frames = frames;
    }

    static TestingVideos of(int frames) {
        return new TestingVideos(frames);
    }

    TestingVideos framesPerSecond(int value) {
        framesPerSecond = value;
        return this;
    }

    TestingVideos encoder(String name, int bidirectional) {
        encoder = name;
        betweenFrames = bidirectional;
        return this;
    }

    TestingVideos keyframeEvery(int value) {
        keyframeDistance = value;
        return this;
    }

    /** When each frame is shown, in frame durations; by default one after another. */
    TestingVideos shownAt(int... value) {
        ticks = value;
        return this;
    }

    /** With a pattern over the grey, so that there is something to code. */
    TestingVideos textured() {
        textured = true;
        return this;
    }

    /** To be shown turned to the right by that much. */
    TestingVideos turned(int value) {
        degrees = value;
        return this;
    }

    /** Brightness of that frame. */
    static int brightness(long frame) {
        return (int) (2 * frame + 20) % 236;
    }

    Path write(Path file) {
        Ffmpeg.load();
        AVFormatContext muxer = new AVFormatContext(null);
        check(
                avformat_alloc_output_context2(
                        muxer, (AVOutputFormat) null, (String) null, file.toString()));
        AVCodec codec = avcodec_find_encoder_by_name(encoder);
        AVCodecContext context = context(codec, muxer);
        AVStream stream = avformat_new_stream(muxer, codec);
        stream.time_base(context.time_base());
        stream.avg_frame_rate().num(framesPerSecond).den(1);
        check(avcodec_open2(context, codec, (AVDictionary) null));
        check(avcodec_parameters_from_context(stream.codecpar(), context));
        if (degrees != 0) {
            turn(stream);
        }
        AVIOContext io = new AVIOContext(null);
        check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
        muxer.pb(io);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "movflags", "+faststart", 0);
        check(avformat_write_header(muxer, options));
        av_dict_free(options);
        encode(context, muxer, stream);
        check(av_write_trailer(muxer));
        avcodec_free_context(context);
        avio_closep(io);
        avformat_free_context(muxer);
        return file;
    }

    private void turn(AVStream stream) {
        int[] count = {0};
        AVPacketSideData matrix =
                av_packet_side_data_new(
                        new AVPacketSideData(null), count, AV_PKT_DATA_DISPLAYMATRIX, 36, 0);
        av_display_rotation_set(new IntPointer(matrix.data()), degrees);
        stream.codecpar().coded_side_data(matrix).nb_coded_side_data(1);
    }

    private int pixelFormat() {
        return encoder.equals("mjpeg") ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    }

    private AVCodecContext context(AVCodec codec, AVFormatContext muxer) {
        AVCodecContext context = avcodec_alloc_context3(codec);
        context.width(WIDTH);
        context.height(HEIGHT);
        context.pix_fmt(pixelFormat());
        context.time_base().num(1).den(framesPerSecond);
        context.framerate().num(framesPerSecond).den(1);
        context.gop_size(keyframeDistance);
        context.max_b_frames(betweenFrames);
        context.bit_rate(400_000);
        context.thread_count(1);
        if ((muxer.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
            context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        }
        return context;
    }

    private void encode(AVCodecContext context, AVFormatContext muxer, AVStream stream) {
        AVFrame frame = av_frame_alloc();
        frame.width(WIDTH);
        frame.height(HEIGHT);
        frame.format(pixelFormat());
        check(av_frame_get_buffer(frame, 0));
        for (int n = 0; n < frames; n++) {
            check(av_frame_make_writable(frame));
            paint(frame, n);
            frame.pts(ticks.length > n ? ticks[n] : n);
            check(avcodec_send_frame(context, frame));
            drain(context, muxer, stream);
        }
        check(avcodec_send_frame(context, (AVFrame) null));
        drain(context, muxer, stream);
        av_frame_free(frame);
    }

    private void paint(AVFrame frame, int n) {
        for (int plane = 0; plane < 3; plane++) {
            byte[] row = new byte[plane == 0 ? WIDTH : WIDTH / 2];
            Arrays.fill(row, (byte) (plane == 0 ? brightness(n) : 128));
            for (int y = 0; y < (plane == 0 ? HEIGHT : HEIGHT / 2); y++) {
                if (textured) {
                    weave(row, y, n);
                }
                frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
            }
        }
    }

    private static void weave(byte[] row, int y, int n) {
        for (int x = 0; x < row.length; x++) {
            row[x] = (byte) (64 + (x * 5 + y * 3 + n * 7 + (x * y >> 3) & 0x7F));
        }
    }

    private static void drain(AVCodecContext context, AVFormatContext muxer, AVStream stream) {
        AVPacket packet = av_packet_alloc();
        while (avcodec_receive_packet(context, packet) >= 0) {
            av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            check(av_interleaved_write_frame(muxer, packet));
        }
        av_packet_free(packet);
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("can't write a test video: " + Ffmpeg.describe(result));
        }
    }
}
