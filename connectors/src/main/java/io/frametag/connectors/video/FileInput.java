package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import io.frametag.models.picture.Ffmpeg;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.jspecify.annotations.Nullable;

/** A file: the {@code file} protocol alone, and containers alone. */
record FileInput(Path path) implements VideoInput {

    static final String FORMATS =
            "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,live_flv,asf,"
                    + "ogg,h264,hevc,vvc,obu,av1,ivf,mjpeg,mxf,nut,dv,wtv,rm,gif,yuv4mpegpipe,vc1,"
                    + "h263,h261,apng,swf,gxf,r3d,nsv,bink,smk,roq,dhav,av1,amv,fli,flic";

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public String url() {
        return "file:" + path.toAbsolutePath();
    }

    @Override
    public @Nullable AVInputFormat inputFormat() {
        return null;
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "protocol_whitelist", "file", "format_whitelist", FORMATS, "max_streams", "100");
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public boolean isHttp() {
        return false;
    }

    @Override
    public void checkOpened(String url) {
        // A file does not lead elsewhere.
    }

    @Override
    public VideoException unopened(int code, boolean overdue) {
        return overdue ? silent() : unreadable(Ffmpeg.describe(code));
    }

    @Override
    public VideoException silent() {
        return new VideoException(
                "video file " + path + " gives no data; its storage may be hanging");
    }

    @Override
    public VideoException empty() {
        return unreadable("it holds no frames");
    }

    private VideoException unreadable(String cause) {
        return new VideoException(
                path
                        + " is not a video FFmpeg can read ("
                        + cause
                        + "); check that it is whole and a video");
    }

    @Override
    public VideoException withoutVideo() {
        return new VideoException(path + " has no video in it; give a file with a video stream");
    }

    @Override
    public @Nullable String ended(int code, boolean overdue) {
        if (overdue) {
            return "the video gives no more data; its storage may be hanging";
        }
        return code == AVERROR_EOF()
                ? null
                : "the video can't be read to its end: " + Ffmpeg.describe(code);
    }
}
