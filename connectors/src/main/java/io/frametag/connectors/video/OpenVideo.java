package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import io.frametag.models.picture.PictureLimits;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A demuxer and the decoder of its video stream, opened with the limits that a stranger's video
 * needs: the protocols and formats of its {@link VideoInput} alone (a playlist could name other
 * files), a bounded search for streams, bounded pictures. Owns both, and the connections of HTTP,
 * until {@link #close()}.
 */
final class OpenVideo implements AutoCloseable {

    private static final long MICROS = 1_000_000;
    private static final long FALLBACK_FRAME_MILLIS = 40;

    private final VideoInput input;
    private @Nullable InputConnections connections;
    private @Nullable AVFormatContext demuxer;
    private @Nullable AVCodecContext decoder;
    private @Nullable AVStream stream;

    private int quarterTurns;

    private OpenVideo(VideoInput input) {
        this.input = input;
    }

    static OpenVideo open(VideoInput input, PictureLimits limits, Interruption interruption)
            throws VideoException {
        OpenVideo video = new OpenVideo(input);
        boolean opened = false;
        try {
            video.openDemuxer(interruption);
            video.chooseStream(limits, interruption);
            video.openDecoder(limits);
            opened = true;
            return video;
        } finally {
            if (!opened) {
                video.close();
            }
        }
    }

    private void openDemuxer(Interruption interruption) throws VideoException {
        AVInputFormat format = input.inputFormat();
        AVFormatContext context = Ffmpeg.notNull(avformat_alloc_context(), "a demuxer");
        interruption.attachTo(context);
        AVDictionary options = new AVDictionary(null);
        input.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
        if (input instanceof LiveInput live && live.isHttp()) {
            format = connect(context, live, interruption, options);
        }
        interruption.restartClockToOpen();
        int result = avformat_open_input(context, input.url(), format, options);
        String left = firstKey(options);
        av_dict_free(options);
        if (result < 0) {
            // FFmpeg has freed the context.
            throw unreadable(result, interruption);
        }
        demuxer = context;
        if (left != null) {
            throw VideoException.refused(
                    input.name()
                            + " can't be read safely: FFmpeg has not taken the option "
                            + left
                            + "; use the FFmpeg that comes with this release");
        }
        input.checkOpened(context.url().getString());
    }

    /** Opens the stream's own address, and gives the format of the answer. */
    private @Nullable AVInputFormat connect(
            AVFormatContext context,
            LiveInput live,
            Interruption interruption,
            AVDictionary options)
            throws VideoException {
        try {
            connections = InputConnections.attach(context, live, interruption);
        } finally {
            if (connections == null) {
                av_dict_free(options);
                avformat_free_context(context);
            }
        }
        String format = connections.format();
        if ("hls".equals(format)) {
            // FFmpeg can't keep connections that are not its own.
            av_dict_set(options, "http_persistent", "0", 0);
            av_dict_set(options, "http_multiple", "0", 0);
        }
        return format == null ? null : av_find_input_format(format);
    }

    /** What FFmpeg found it to be. */
    String format() {
        return demuxer.iformat().name().getString();
    }

    private static @Nullable String firstKey(AVDictionary options) {
        AVDictionaryEntry entry = av_dict_get(options, "", null, AV_DICT_IGNORE_SUFFIX);
        return entry == null ? null : entry.key().getString();
    }

    /** Why something that belongs to it was not fetched; null where all was. */
    @Nullable VideoException refusal() {
        return connections == null ? null : connections.failure();
    }

    private VideoException unreadable(int result, Interruption interruption) {
        VideoException refused = refusal();
        return refused != null ? refused : input.unopened(result, interruption.isOverdue());
    }

    private void chooseStream(PictureLimits limits, Interruption interruption)
            throws VideoException {
        checkSizes(limits);
        interruption.restartClock();
        int result = findStreamInfo(limits);
        if (interruption.isOverdue()) {
            throw input.silent();
        }
        if (demuxer.nb_streams() == 0) {
            throw input.isLive() ? unreadable(result, interruption) : input.empty();
        }
        int index =
                result < 0
                        ? result
                        : av_find_best_stream(
                                demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            VideoException refused = refusal();
            throw refused != null ? refused : input.withoutVideo();
        }
        checkSizes(limits);
        stream = demuxer.streams(index);
        if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw new VideoException(
                    input.name() + " has a cover picture but no video; give a video file");
        }
        quarterTurns = Rotation.quarterTurns(stream.codecpar());
        for (int i = 0; i < demuxer.nb_streams(); i++) {
            demuxer.streams(i).discard(i == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
        }
    }

    private void checkSizes(PictureLimits limits) throws VideoException {
        for (int i = 0; i < demuxer.nb_streams(); i++) {
            AVCodecParameters parameters = demuxer.streams(i).codecpar();
            long pixels = (long) parameters.width() * parameters.height();
            if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO && pixels > limits.maxPixels()) {
                throw VideoException.refused(
                        "the video in %s is %dx%d, more than the limit of %d pixels; shrink it"
                                .formatted(
                                        input.name(),
                                        parameters.width(),
                                        parameters.height(),
                                        limits.maxPixels()));
            }
        }
    }

    /** The decoders that FFmpeg opens in order to look get the limit too. */
    private int findStreamInfo(PictureLimits limits) {
        int count = demuxer.nb_streams();
        try (PointerPointer<AVDictionary> all = new PointerPointer<>(Math.max(1, count))) {
            AVDictionary[] options = new AVDictionary[count];
            for (int i = 0; i < count; i++) {
                options[i] = new AVDictionary(null);
                av_dict_set_int(options[i], "max_pixels", limits.withPadding(), 0);
                all.put(i, options[i]);
            }
            int result = avformat_find_stream_info(demuxer, all);
            for (int i = 0; i < count; i++) {
                AVDictionary left = all.get(AVDictionary.class, i);
                if (left != null) {
                    av_dict_free(left);
                }
            }
            return result;
        }
    }

    private void openDecoder(PictureLimits limits) throws VideoException {
        AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null) {
            throw VideoException.refused(
                    "the video in "
                            + input.name()
                            + " has a codec that this build of FFmpeg can't decode; convert it to H.264");
        }
        decoder = Ffmpeg.notNull(avcodec_alloc_context3(codec), "a decoder");
        avcodec_parameters_to_context(decoder, stream.codecpar());
        decoder.pkt_timebase(stream.time_base());
        decoder.thread_count(1);
        decoder.max_pixels(limits.withPadding());
        // Damaged frames must come out, marked as such, for else they could not be counted.
        decoder.flags(decoder.flags() | AV_CODEC_FLAG_OUTPUT_CORRUPT);
        if (codec.id() == AV_CODEC_ID_MJPEG) {
            // Its decoder marks no damage, but can be told to refuse it.
            av_opt_set_int(decoder, "err_detect", AV_EF_EXPLODE, 0);
        }
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "codec_whitelist", input.options().get("codec_whitelist"), 0);
        int result = avcodec_open2(decoder, codec, options);
        av_dict_free(options);
        if (result < 0) {
            throw new VideoException(
                    "the video in "
                            + input.name()
                            + " can't be decoded: "
                            + Ffmpeg.describe(result));
        }
    }

    VideoInput input() {
        return input;
    }

    AVFormatContext demuxer() {
        return demuxer;
    }

    AVCodecContext decoder() {
        return decoder;
    }

    /** Quarter turns to the right by which pictures are to be shown. */
    int quarterTurns() {
        return quarterTurns;
    }

    int streamIndex() {
        return stream.index();
    }

    /** Microseconds from the start of the stream to that timestamp. */
    double micros(long timestamp) {
        if (timestamp == AV_NOPTS_VALUE()) {
            return 0;
        }
        long start = stream.start_time() == AV_NOPTS_VALUE() ? 0 : stream.start_time();
        return (timestamp - start) * units();
    }

    /** Microseconds that a frame is shown. */
    double micros(AVFrame frame) {
        return frame.duration() > 0 ? frame.duration() * units() : averageFrameMillis() * 1000.0;
    }

    /** Microseconds from the start of the stream to the end of that packet's frame. */
    double endMicros(AVPacket packet) {
        return micros(packet.pts()) + Math.max(0, packet.duration()) * units();
    }

    private double units() {
        AVRational base = stream.time_base();
        return (double) MICROS * base.num() / base.den();
    }

    long averageFrameMillis() {
        for (AVRational rate : new AVRational[] {stream.avg_frame_rate(), stream.r_frame_rate()}) {
            if (rate.num() > 0 && rate.den() > 0) {
                return Math.max(1, Math.round(1000.0 * rate.den() / rate.num()));
            }
        }
        return FALLBACK_FRAME_MILLIS;
    }

    /** How many milliseconds of the video's stated length are missing; 0 within two frames. */
    long missesMillisAfter(long endMicros) {
        if (stream.duration() == AV_NOPTS_VALUE()) {
            return 0;
        }
        long missing = Math.round((stream.duration() * units() - endMicros) / 1000);
        return missing > 2 * averageFrameMillis() + 50 ? missing : 0;
    }

    @Override
    public void close() {
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
        if (demuxer != null) {
            avformat_close_input(demuxer);
            demuxer = null;
            stream = null;
        }
        if (connections != null) {
            connections.close();
            connections = null;
        }
    }
}
