package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Makes H.264 keyframes as a camera sends them: Annex B, with their parameter sets. */
final class TestingKeyframes {

    private TestingKeyframes() {}

    /** A grey picture, lighter to the right: limited-range luma from 16 to 235. */
    static byte[] h264(int width, int height) {
        AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
        AVCodecContext context = avcodec_alloc_context3(codec);
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base().num(1).den(25);
        context.bit_rate(4_000_000);
        context.thread_count(1);
        check(avcodec_open2(context, codec, (AVDictionary) null));
        AVFrame frame = av_frame_alloc();
        frame.width(width);
        frame.height(height);
        frame.format(AV_PIX_FMT_YUV420P);
        check(av_frame_get_buffer(frame, 0));
        paint(frame);
        AVPacket packet = av_packet_alloc();
        check(avcodec_send_frame(context, frame));
        check(avcodec_send_frame(context, (AVFrame) null));
        check(avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
        return bytes;
    }

    private static void paint(AVFrame frame) {
        byte[] luma = new byte[frame.width()];
        for (int x = 0; x < luma.length; x++) {
            luma[x] = (byte) (16 + 219 * x / luma.length);
        }
        byte[] grey = new byte[frame.width() / 2];
        Arrays.fill(grey, (byte) 128);
        for (int y = 0; y < frame.height(); y++) {
            frame.data(0).position((long) y * frame.linesize(0)).put(luma);
            frame.data(1).position((long) (y / 2) * frame.linesize(1)).put(grey);
            frame.data(2).position((long) (y / 2) * frame.linesize(2)).put(grey);
        }
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("can't encode: " + Ffmpeg.describe(result));
        }
    }
}
