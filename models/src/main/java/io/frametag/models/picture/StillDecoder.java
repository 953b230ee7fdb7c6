package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's decoder of one codec, used for one picture at a time, so that no picture leaves anything
 * behind for the next: flushed behind a good one, opened anew behind one that failed. Those of
 * video codecs are opened anew each time, since a flush leaves parameter sets and colours, and
 * pictures of other streams would be taken for what those say.
 *
 * <p>Owns its codec context, packet and frame. One thread.
 */
final class StillDecoder implements AutoCloseable {

    private static final int STRICT =
            AV_EF_EXPLODE | AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER;

    private final PictureCodec codec;
    private final AVCodec decoder;
    private final long maxPixels;
    private final int halvings;
    private final AVPacket packet;
    private final AVFrame frame;
    private @Nullable AVCodecContext context;
    private boolean closed;

    /**
     * Opens the decoder.
     *
     * @param halvings how often pictures are halved while they are decoded; for JPEG alone, 0 to 3
     */
    StillDecoder(PictureCodec codec, PictureLimits limits, int halvings) {
        Ffmpeg.load();
        this.codec = codec;
        this.halvings = halvings;
        maxPixels = limits.withPadding();
        decoder = avcodec_find_decoder(ffmpegId(codec));
        if (decoder == null) {
            throw new IllegalStateException(
                    "this build of FFmpeg has no decoder for " + codec.id());
        }
        packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        try {
            context = open();
        } finally {
            if (context == null) {
                close();
            }
        }
    }

    private AVCodecContext open() {
        AVCodecContext opening = Ffmpeg.notNull(avcodec_alloc_context3(decoder), "a decoder");
        opening.thread_count(1);
        opening.lowres(halvings);
        av_opt_set_int(opening, "err_detect", STRICT, 0);
        opening.max_pixels(maxPixels);
        int opened = avcodec_open2(opening, decoder, (AVDictionary) null);
        if (opened < 0) {
            avcodec_free_context(opening);
            throw new IllegalStateException(
                    "FFmpeg can't open its decoder for "
                            + codec.id()
                            + ": "
                            + Ffmpeg.describe(opened));
        }
        return opening;
    }

    private static int ffmpegId(PictureCodec codec) {
        return switch (codec) {
            case JPEG -> AV_CODEC_ID_MJPEG;
            case PNG -> AV_CODEC_ID_PNG;
            case WEBP -> AV_CODEC_ID_WEBP;
            case H264 -> AV_CODEC_ID_H264;
            case HEVC -> AV_CODEC_ID_HEVC;
        };
    }

    /**
     * Decodes one picture.
     *
     * @return the decoder's own frame, valid until the next call
     */
    AVFrame decode(byte[] bytes, PictureLimits limits) throws PictureException {
        if (context == null) {
            context = open();
        }
        boolean good = false;
        try {
            fill(bytes);
            if (isVideo()) {
                checkSize(limits);
            }
            av_frame_unref(frame);
            int result = avcodec_send_packet(context, packet);
            if (result >= 0) {
                result = avcodec_send_packet(context, (AVPacket) null);
            }
            if (result >= 0) {
                result = avcodec_receive_frame(context, frame);
            }
            check(result);
            limits.check(frame.width(), frame.height());
            good = true;
            return frame;
        } finally {
            av_packet_unref(packet);
            leaveNothing(good);
        }
    }

    private void leaveNothing(boolean good) {
        if (good && !isVideo()) {
            avcodec_flush_buffers(context);
        } else {
            avcodec_free_context(context);
            context = null;
        }
    }

    private boolean isVideo() {
        return codec == PictureCodec.H264 || codec == PictureCodec.HEVC;
    }

    private void fill(byte[] bytes) {
        if (av_new_packet(packet, bytes.length) < 0) {
            throw new OutOfMemoryError("FFmpeg has no memory for a packet of " + bytes.length);
        }
        packet.data().put(bytes, 0, bytes.length);
        packet.flags(packet.flags() | AV_PKT_FLAG_KEY);
    }

    private void check(int result) throws PictureException {
        boolean damaged =
                result < 0
                        || frame.decode_error_flags() != 0
                        || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        if (!damaged) {
            return;
        }
        if (result == AVERROR_PATCHWELCOME()) {
            throw new PictureException(
                    PictureException.UNSUPPORTED,
                    "this variety of " + codec.id() + " is not supported; encode it another way");
        }
        String cause = result < 0 ? Ffmpeg.describe(result) : "parts of it are missing or wrong";
        throw new PictureException(
                PictureException.CORRUPT,
                "the " + codec.id() + " picture can't be decoded: " + cause);
    }

    /** The parser reads the size from the parameter sets without taking memory for a picture. */
    private void checkSize(PictureLimits limits) throws PictureException {
        AVCodecParserContext parser = Ffmpeg.notNull(av_parser_init(ffmpegId(codec)), "a parser");
        try (BytePointer out = new BytePointer((BytePointer) null);
                IntPointer outSize = new IntPointer(1)) {
            parser.flags(parser.flags() | AVCodecParserContext.PARSER_FLAG_COMPLETE_FRAMES);
            av_parser_parse2(
                    parser,
                    context,
                    out,
                    outSize,
                    packet.data(),
                    packet.size(),
                    AV_NOPTS_VALUE,
                    AV_NOPTS_VALUE,
                    0);
            if (parser.width() > 0 && parser.height() > 0) {
                limits.check(parser.width(), parser.height());
            }
        } finally {
            av_parser_close(parser);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        av_frame_free(frame);
        av_packet_free(packet);
        if (context != null) {
            avcodec_free_context(context);
            context = null;
        }
    }
}
