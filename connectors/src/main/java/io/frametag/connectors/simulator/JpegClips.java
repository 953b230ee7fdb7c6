package io.frametag.connectors.simulator;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The pictures of clips as JPEG. A clip is decoded and encoded once, when someone first asks for
 * it, and kept: the one costly thing a simulator does. Thread-safe; asking may take seconds.
 */
final class JpegClips {

    private static final int QUANTISER = 4;

    private final Map<Clip, List<byte[]>> known = new IdentityHashMap<>();

    /** As many pictures as the clip has units, in the order in which they are shown. */
    synchronized List<byte[]> of(Clip clip) throws IOException {
        List<byte[]> jpegs = known.get(clip);
        if (jpegs == null) {
            jpegs = new Conversion(clip).run();
            known.put(clip, jpegs);
        }
        return jpegs;
    }

    /** Owns a decoder, an encoder, a packet and a frame while it runs. */
    private static final class Conversion {

        private final Clip clip;
        private final List<byte[]> jpegs = new ArrayList<>();
        private final AVPacket packet;
        private final AVFrame frame;
        private AVCodecContext decoder = new AVCodecContext(null);
        private AVCodecContext encoder = new AVCodecContext(null);

        Conversion(Clip clip) {
            Ffmpeg.load();
            this.clip = clip;
            packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
            frame = Ffmpeg.notNull(av_frame_alloc(), "a frame");
        }

        List<byte[]> run() throws IOException {
            try {
                openDecoder();
                for (AccessUnit unit : clip.units()) {
                    decode(unit);
                }
                check(avcodec_send_packet(decoder, (AVPacket) null));
                drain();
            } finally {
                avcodec_free_context(decoder);
                avcodec_free_context(encoder);
                av_packet_free(packet);
                av_frame_free(frame);
            }
            if (jpegs.isEmpty()) {
                throw new IOException(clip.name() + " has no picture that can be decoded");
            }
            // A damaged picture may be missing; the one before stands in for it.
            while (jpegs.size() < clip.units().size()) {
                jpegs.add(jpegs.get(jpegs.size() - 1));
            }
            return List.copyOf(jpegs);
        }

        private void openDecoder() throws IOException {
            int id = clip.codec() == VideoCodec.H264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_HEVC;
            decoder = Ffmpeg.notNull(avcodec_alloc_context3(avcodec_find_decoder(id)), "a decoder");
            decoder.thread_count(1);
            check(avcodec_open2(decoder, avcodec_find_decoder(id), (AVDictionary) null));
        }

        private void decode(AccessUnit unit) throws IOException {
            int length = unit.nalUnits().stream().mapToInt(nal -> 4 + nal.length).sum();
            ByteBuffer bytes = ByteBuffer.allocate(length);
            unit.nalUnits().forEach(nal -> bytes.putInt(1).put(nal));
            check(av_new_packet(packet, length));
            packet.data().put(bytes.array());
            // What can't be decoded is left out.
            avcodec_send_packet(decoder, packet);
            av_packet_unref(packet);
            drain();
        }

        private void drain() throws IOException {
            while (avcodec_receive_frame(decoder, frame) >= 0) {
                encode();
                av_frame_unref(frame);
            }
        }

        private void encode() throws IOException {
            if (encoder.isNull()) {
                openEncoder();
            }
            frame.quality(QUANTISER * FF_QP2LAMBDA);
            frame.pict_type(AV_PICTURE_TYPE_NONE);
            frame.pts(jpegs.size());
            check(avcodec_send_frame(encoder, frame));
            check(avcodec_receive_packet(encoder, packet));
            byte[] jpeg = new byte[packet.size()];
            packet.data().capacity(packet.size()).get(jpeg);
            av_packet_unref(packet);
            jpegs.add(jpeg);
        }

        private void openEncoder() throws IOException {
            var codec = Ffmpeg.notNull(avcodec_find_encoder(AV_CODEC_ID_MJPEG), "JPEG");
            encoder = Ffmpeg.notNull(avcodec_alloc_context3(codec), "an encoder");
            encoder.width(frame.width()).height(frame.height()).pix_fmt(frame.format());
            encoder.color_range(frame.color_range());
            // JPEG in the range of video, which decoders read right where they are told.
            encoder.strict_std_compliance(FF_COMPLIANCE_UNOFFICIAL);
            encoder.time_base().num(1).den(25);
            encoder.thread_count(1);
            encoder.flags(encoder.flags() | AV_CODEC_FLAG_QSCALE);
            encoder.global_quality(QUANTISER * FF_QP2LAMBDA);
            check(avcodec_open2(encoder, codec, (AVDictionary) null));
        }

        private static void check(int result) throws IOException {
            if (result < 0) {
                throw new IOException("pictures can't be had as JPEG: " + Ffmpeg.describe(result));
            }
        }
    }
}
