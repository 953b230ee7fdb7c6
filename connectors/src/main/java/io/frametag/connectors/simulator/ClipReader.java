package io.frametag.connectors.simulator;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.connectors.video.VideoException;
import io.frametag.models.picture.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Reads the coded pictures of a file into memory, without decoding any. Owns the demuxer while it
 * reads; for one thread.
 */
final class ClipReader {

    /** A simulator holds whole files in memory. */
    private static final long MOST_BYTES = 512L << 20;

    private static final AVRational TICKS =
            new AVRational().num(1).den(AccessUnit.TICKS_PER_SECOND);

    private final Path file;
    private final List<Packet> packets = new ArrayList<>();

    /** A picture as the container has it. */
    private record Packet(byte[] bytes, long pts, long dts, boolean keyframe) {}

    private ClipReader(Path file) {
        this.file = file;
    }

    /** Reads a file whose video is in H.264 or HEVC. */
    static Clip read(Path file) throws VideoException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new VideoException("video file " + file + " can't be read; check its path");
        }
        checkSize(file);
        Ffmpeg.load();
        return new ClipReader(file).read();
    }

    private static void checkSize(Path file) throws VideoException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new VideoException(
                        "video file %s has more than %d MiB, which a simulated camera keeps in memory; cut it"
                                .formatted(file, MOST_BYTES >> 20));
            }
        } catch (IOException e) {
            throw new VideoException("video file " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private Clip read() throws VideoException {
        AVFormatContext demuxer = new AVFormatContext(null);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", "file", 0);
        int result =
                avformat_open_input(
                        demuxer, "file:" + file.toAbsolutePath(), (AVInputFormat) null, options);
        av_dict_free(options);
        if (result < 0) {
            throw new VideoException(
                    file + " is not a video FFmpeg can read (" + Ffmpeg.describe(result) + ")");
        }
        try {
            avformat_find_stream_info(demuxer, (PointerPointer<?>) null);
            int index = av_find_best_stream(demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
            if (index < 0) {
                throw new VideoException(file + " has no video in it; give a video file");
            }
            return read(demuxer, demuxer.streams(index));
        } finally {
            avformat_close_input(demuxer);
        }
    }

    private Clip read(AVFormatContext demuxer, AVStream stream) throws VideoException {
        VideoCodec codec =
                switch (stream.codecpar().codec_id()) {
                    case AV_CODEC_ID_H264 -> VideoCodec.H264;
                    case AV_CODEC_ID_HEVC -> VideoCodec.HEVC;
                    default ->
                            throw new VideoException(
                                    "the video in "
                                            + file
                                            + " is neither H.264 nor HEVC, which cameras send;"
                                            + " convert it to H.264");
                };
        readPackets(demuxer, stream);
        NalUnits.Header header = NalUnits.Header.parse(codec, extra(stream));
        ClipBuilder builder = new ClipBuilder(codec, header, frameTicks(stream));
        for (Packet packet : packets) {
            builder.add(packet.bytes, packet.pts, packet.dts, packet.keyframe);
        }
        return builder.build(file, stream.codecpar().width(), stream.codecpar().height());
    }

    private void readPackets(AVFormatContext demuxer, AVStream stream) {
        AVPacket packet = Ffmpeg.notNull(av_packet_alloc(), "a packet");
        while (av_read_frame(demuxer, packet) >= 0) {
            if (packet.stream_index() == stream.index() && packet.size() > 0) {
                byte[] bytes = new byte[packet.size()];
                packet.data().capacity(packet.size()).get(bytes);
                packets.add(
                        new Packet(
                                bytes,
                                ticks(packet.pts(), stream),
                                ticks(packet.dts(), stream),
                                (packet.flags() & AV_PKT_FLAG_KEY) != 0));
            }
            av_packet_unref(packet);
        }
        av_packet_free(packet);
    }

    private static long ticks(long timestamp, AVStream stream) {
        return timestamp == AV_NOPTS_VALUE()
                ? ClipBuilder.UNKNOWN
                : av_rescale_q(timestamp, stream.time_base(), TICKS);
    }

    private static byte[] extra(AVStream stream) {
        BytePointer pointer = stream.codecpar().extradata();
        byte[] bytes = new byte[pointer == null ? 0 : stream.codecpar().extradata_size()];
        if (pointer != null) {
            pointer.get(bytes);
        }
        return bytes;
    }

    private static long frameTicks(AVStream stream) {
        for (AVRational rate : new AVRational[] {stream.avg_frame_rate(), stream.r_frame_rate()}) {
            if (rate.num() > 0 && rate.den() > 0) {
                return Math.max(1, (long) AccessUnit.TICKS_PER_SECOND * rate.den() / rate.num());
            }
        }
        return AccessUnit.TICKS_PER_SECOND / 25;
    }
}
