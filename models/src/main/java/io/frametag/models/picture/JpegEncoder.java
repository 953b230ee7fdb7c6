package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes pictures as JPEG that looks the same (quantiser 2, full colour resolution): how decoded
 * frames are kept in checkpoints. For one thread at a time; owns FFmpeg's encoder, scaler and
 * frames, kept for pictures of one size; {@link #close()} frees them and may be called more than
 * once.
 */
public final class JpegEncoder implements AutoCloseable {

    /** JPEG has 16 bits for a side; FFmpeg's encoder stops a little earlier. */
    private static final int MAX_SIDE = 65_500;

    private static final int QUANTISER = 2;

    private @Nullable AVCodecContext context;
    private @Nullable SwsContext scaler;
    private @Nullable AVFrame source;
    private @Nullable AVFrame planes;
    private @Nullable AVPacket packet;

    /** The picture as JPEG. */
    public byte[] encode(Picture picture) {
        if (picture.width() > MAX_SIDE || picture.height() > MAX_SIDE) {
            throw new IllegalArgumentException(
                    "%s can't be written as JPEG, whose sides end at %d; shrink it"
                            .formatted(picture, MAX_SIDE));
        }
        if (context == null
                || context.width() != picture.width()
                || context.height() != picture.height()) {
            close();
            open(picture.width(), picture.height());
        }
        fill(picture);
        check(
                sws_scale(
                        scaler,
                        source.data(),
                        source.linesize(),
                        0,
                        picture.height(),
                        planes.data(),
                        planes.linesize()));
        // Without it the encoder takes its own quantiser.
        planes.quality(QUANTISER * FF_QP2LAMBDA);
        check(avcodec_send_frame(context, planes));
        check(avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        av_packet_unref(packet);
        return bytes;
    }

    private void open(int width, int height) {
        Ffmpeg.load();
        AVCodec codec = Ffmpeg.notNull(avcodec_find_encoder(AV_CODEC_ID_MJPEG), "JPEG");
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        source = frame(width, height, AV_PIX_FMT_RGB24);
        planes = frame(width, height, AV_PIX_FMT_YUVJ444P);
        context = Ffmpeg.notNull(avcodec_alloc_context3(codec), "an encoder");
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUVJ444P);
        context.time_base().num(1).den(25);
        context.thread_count(1);
        context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
        context.global_quality(QUANTISER * FF_QP2LAMBDA);
        check(avcodec_open2(context, codec, (AVDictionary) null));
        scaler =
                Ffmpeg.notNull(
                        sws_getContext(
                                width,
                                height,
                                AV_PIX_FMT_RGB24,
                                width,
                                height,
                                AV_PIX_FMT_YUVJ444P,
                                SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP,
                                null,
                                null,
                                (DoublePointer) null),
                        "a scaler");
    }

    private static AVFrame frame(int width, int height, int format) {
        AVFrame frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        frame.width(width);
        frame.height(height);
        frame.format(format);
        check(av_frame_get_buffer(frame, 0));
        return frame;
    }

    private void fill(Picture picture) {
        int rowBytes = 3 * picture.width();
        check(av_frame_make_writable(planes));
        var data = source.data(0);
        for (int y = 0; y < picture.height(); y++) {
            data.position((long) y * source.linesize(0)).put(picture.rgb(), y * rowBytes, rowBytes);
        }
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException(
                    "FFmpeg can't write a JPEG: " + Ffmpeg.describe(result));
        }
    }

    @Override
    public void close() {
        if (scaler != null) {
            sws_freeContext(scaler);
            scaler = null;
        }
        if (context != null) {
            avcodec_free_context(context);
            context = null;
        }
        if (source != null) {
            av_frame_free(source);
            source = null;
        }
        if (planes != null) {
            av_frame_free(planes);
            planes = null;
        }
        if (packet != null) {
            av_packet_free(packet);
            packet = null;
        }
    }
}
