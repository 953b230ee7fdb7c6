package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avio_enum_protocols;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A camera or a stream of the network. For each scheme FFmpeg gets the protocols that it needs and
 * no other, the format where the scheme tells it, decoders of video alone, and bounds for all it
 * waits and looks for.
 *
 * <p>Not set are {@code nobuffer}, which throws away the frames that the search for streams reads,
 * and {@code discardcorrupt}, since damaged packets are to be decoded, seen to be damaged and
 * counted.
 */
final class LiveInput implements VideoInput {

    /** What cameras and encoders send, and nothing that is rarely looked at. */
    private static final String DECODERS =
            "h264,hevc,vvc,mjpeg,mpeg4,mpeg2video,mpeg1video,h263,flv,vp8,vp9,libvpx,libvpx-vp9,"
                    + "av1,libaom-av1,libdav1d,rawvideo,png";

    private static final String PROBE_BYTES = "2000000";
    private static final String PROBE_MICROS = "1500000";

    private final StreamAddress address;
    private final String url;
    private final RtspTransport transport;
    private final CameraSettings settings;

    /**
     * With that address.
     *
     * @param url the address with its secrets in place
     */
    LiveInput(String url, RtspTransport transport, CameraSettings settings) throws VideoException {
        this.url = url;
        this.transport = transport;
        this.settings = settings;
        try {
            address = StreamAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw VideoException.refused(e.getMessage());
        }
        settings.check(address);
    }

    StreamAddress address() {
        return address;
    }

    CameraSettings settings() {
        return settings;
    }

    @Override
    public String name() {
        return address.shown();
    }

    @Override
    public String url() {
        return address.isNetwork() ? url : address.rest();
    }

    @Override
    public @Nullable AVInputFormat inputFormat() throws VideoException {
        String format =
                switch (address.scheme()) {
                    case "rtsp", "rtsps" -> "rtsp";
                    case "srt", "udp" -> "mpegts";
                    case "rtmp", "rtmps" -> "live_flv";
                    case StreamAddress.DEVICE -> "v4l2";
                    default -> null;
                };
        if (address.scheme().equals(StreamAddress.DEVICE)) {
            avdevice.avdevice_register_all();
        }
        AVInputFormat found = format == null ? null : av_find_input_format(format);
        if ((format != null && found == null) || !hasProtocol()) {
            throw VideoException.refused(
                    name()
                            + " can't be read: this build of FFmpeg knows no "
                            + address.scheme()
                            + "; use the FFmpeg that comes with this release");
        }
        return found;
    }

    private boolean hasProtocol() {
        if (isHttp() || !address.isNetwork() || address.scheme().startsWith("rtsp")) {
            return true;
        }
        TreeSet<String> known = new TreeSet<>();
        try (PointerPointer<Pointer> state = new PointerPointer<>(1)) {
            state.put(0, (Pointer) null);
            BytePointer name = avio_enum_protocols(state, 0);
            while (name != null) {
                known.add(name.getString());
                name = avio_enum_protocols(state, 0);
            }
        }
        return known.contains(address.scheme());
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("max_streams", "16");
        options.put("probesize", PROBE_BYTES);
        options.put("analyzeduration", PROBE_MICROS);
        options.put("fpsprobesize", "0");
        options.put("codec_whitelist", DECODERS);
        // Longer than our own, which tells a stall from other ends.
        String wait = micros(settings.stallTimeout().multipliedBy(2));
        switch (address.scheme()) {
            case "rtsp", "rtsps" -> {
                options.put("protocol_whitelist", "rtsp,rtp,tcp,udp,tls");
                options.put("format_whitelist", "rtsp,rtp,sdp,mpegts");
                options.put("rtsp_transport", transport == RtspTransport.UDP ? "udp" : "tcp");
                options.put("allowed_media_types", "video");
                options.put("timeout", wait);
            }
            case "srt" -> {
                options.put("protocol_whitelist", "srt");
                options.put("format_whitelist", "mpegts");
                options.put("timeout", wait);
                options.put("connect_timeout", "" + settings.connectTimeout().toMillis());
            }
            case "udp" -> {
                options.put("protocol_whitelist", "udp");
                options.put("format_whitelist", "mpegts");
                options.put("timeout", wait);
                options.put("overrun_nonfatal", "1");
            }
            case "rtmp", "rtmps" -> {
                options.put("protocol_whitelist", address.scheme() + ",rtmpt,tls,tcp");
                options.put("format_whitelist", "live_flv,flv");
                options.put("rw_timeout", wait);
                options.put("rtmp_live", "live");
            }
            case StreamAddress.DEVICE -> {
                options.put("protocol_whitelist", "");
                options.put("format_whitelist", "video4linux2,v4l2");
            }
            default -> {
                options.put("protocol_whitelist", "http,https,tcp,tls");
                options.put("format_whitelist", "hls,mpjpeg," + FileInput.FORMATS);
            }
        }
        return options;
    }

    private static String micros(Duration duration) {
        return Long.toString(duration.toNanos() / 1_000);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public boolean isHttp() {
        return address.isHttp();
    }

    /** FFmpeg follows where an RTSP camera sends it; we don't go to another host. */
    @Override
    public void checkOpened(String opened) throws VideoException {
        if (!address.isNetwork()) {
            return;
        }
        StreamAddress reached;
        try {
            reached = StreamAddress.parse(opened);
        } catch (IllegalArgumentException e) {
            throw VideoException.refused(name() + " leads to an address that is not read");
        }
        if (!reached.host().equals(address.host()) || !reached.scheme().equals(address.scheme())) {
            throw VideoException.refused(
                    name()
                            + " leads to another place, "
                            + reached.shown()
                            + "; give that address if it is to be read");
        }
    }

    @Override
    public VideoException unopened(int code, boolean overdue) {
        return LiveFailures.unopened(this, code, overdue);
    }

    @Override
    public VideoException silent() {
        return VideoException.stalled(
                name() + " sends no data within " + LiveFailures.seconds(settings.stallTimeout()));
    }

    @Override
    public VideoException empty() {
        return new VideoException(name() + " sends no video");
    }

    @Override
    public VideoException withoutVideo() {
        return VideoException.refused(
                name() + " sends no video; check its path, and that its video is on");
    }

    @Override
    public @Nullable String ended(int code, boolean overdue) {
        if (overdue) {
            return silent().getMessage();
        }
        return code == AVERROR_EOF() ? null : LiveFailures.lost(this, code);
    }
}
