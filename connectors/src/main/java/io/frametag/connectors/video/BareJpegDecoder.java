package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * FFmpeg's JPEG decoder and nothing else: no checks of the picture, no colours, no pixels on the
 * heap. What any way to decode with FFmpeg costs at least. One thread; owns the decoder, its packet
 * and frame.
 */
final class BareJpegDecoder implements AutoCloseable {

    private final AVCodecContext context;
    private final AVPacket packet;
    private final AVFrame frame;

    BareJpegDecoder() {
        Ffmpeg.load();
        AVCodec codec = Ffmpeg.notNull(avcodec_find_decoder(AV_CODEC_ID_MJPEG), "JPEG");
        context = Ffmpeg.notNull(avcodec_alloc_context3(codec), "a decoder");
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        context.thread_count(1);
        check(avcodec_open2(context, codec, (AVDictionary) null));
    }

    void decode(byte[] jpeg) {
        check(av_new_packet(packet, jpeg.length));
        packet.data().put(jpeg, 0, jpeg.length);
        check(avcodec_send_packet(context, packet));
        av_packet_unref(packet);
        check(avcodec_receive_frame(context, frame));
        av_frame_unref(frame);
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException(
                    "FFmpeg can't decode the JPEG: " + Ffmpeg.describe(result));
        }
    }

    @Override
    public void close() {
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(context);
    }
}
