package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import io.frametag.models.picture.PictureLimits;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A demuxer and the decoder of its video stream, opened with the limits that a stranger's file
 * needs: the {@code file} protocol alone, container formats alone (a playlist could name other
 * files), a bounded search for streams, bounded pictures. Owns both until {@link #close()}.
 */
final class OpenVideo implements AutoCloseable {

    private static final String FORMATS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,live_flv,asf,"
                    + "ogg,h264,hevc,vvc,obu,av1,ivf,mjpeg,mxf,nut,dv,wtv,rm,gif,yuv4mpegpipe,vc1,"
                    + "h263,h261,apng,swf,gxf,r3d,nsv,bink,smk,roq,dhav,av1,amv,fli,flic";

    private static final long MICROS = 1_000_000;
    private static final long FALLBACK_FRAME_MILLIS = 40;

    private @Nullable AVFormatContext demuxer;
    private @Nullable AVCodecContext decoder;
    private @Nullable AVStream stream;

    private int quarterTurns;

    private OpenVideo() {}

    static OpenVideo open(String uri, PictureLimits limits, Interruption interruption)
            throws VideoException {
        Path path = VideoFile.readable(uri);
        OpenVideo video = new OpenVideo();
        boolean opened = false;
        try {
            video.openDemuxer(path, interruption);
            video.chooseStream(path, limits, interruption);
            video.openDecoder(path, limits);
            opened = true;
            return video;
        } finally {
            if (!opened) {
                video.close();
            }
        }
    }

    private void openDemuxer(Path path, Interruption interruption) throws VideoException {
        AVFormatContext context = Ffmpeg.notNull(avformat_alloc_context(), "a demuxer");
        interruption.attachTo(context);
        interruption.restartClock();
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "protocol_whitelist", "file", 0);
        av_dict_set(options, "format_whitelist", FORMATS, 0);
        av_dict_set(options, "max_streams", "100", 0);
        int result =
                avformat_open_input(
                        context, "file:" + path.toAbsolutePath(), (AVInputFormat) null, options);
        av_dict_free(options);
        if (result < 0) {
            // FFmpeg has freed the context.
            throw unreadable(path, Ffmpeg.describe(result), interruption);
        }
        demuxer = context;
    }

    private static VideoException unreadable(Path path, String cause, Interruption interruption) {
        if (interruption.isOverdue()) {
            return new VideoException(
                    "video file " + path + " gives no data; its storage may be hanging");
        }
        return new VideoException(
                path
                        + " is not a video FFmpeg can read ("
                        + cause
                        + "); check that it is whole and a video");
    }

    private void chooseStream(Path path, PictureLimits limits, Interruption interruption)
            throws VideoException {
        checkSizes(path, limits);
        int result = findStreamInfo(limits);
        if (interruption.isOverdue()) {
            throw unreadable(path, "no data", interruption);
        }
        if (demuxer.nb_streams() == 0) {
            throw unreadable(path, "it holds no frames", interruption);
        }
        int index =
                result < 0
                        ? result
                        : av_find_best_stream(
                                demuxer, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0) {
            throw new VideoException(path + " has no video in it; give a file with a video stream");
        }
        checkSizes(path, limits);
        stream = demuxer.streams(index);
        if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw new VideoException(path + " has a cover picture but no video; give a video file");
        }
        quarterTurns = Rotation.quarterTurns(stream.codecpar());
        for (int i = 0; i < demuxer.nb_streams(); i++) {
            demuxer.streams(i).discard(i == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
        }
    }

    private void checkSizes(Path path, PictureLimits limits) throws VideoException {
        for (int i = 0; i < demuxer.nb_streams(); i++) {
            AVCodecParameters parameters = demuxer.streams(i).codecpar();
            long pixels = (long) parameters.width() * parameters.height();
            if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO && pixels > limits.maxPixels()) {
                throw new VideoException(
                        "the video in %s is %dx%d, more than the limit of %d pixels; shrink it"
                                .formatted(
                                        path,
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

    private void openDecoder(Path path, PictureLimits limits) throws VideoException {
        AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null) {
            throw new VideoException(
                    "the video in "
                            + path
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
        int result = avcodec_open2(decoder, codec, (AVDictionary) null);
        if (result < 0) {
            throw new VideoException(
                    "the video in " + path + " can't be decoded: " + Ffmpeg.describe(result));
        }
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
    }
}
