package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import java.time.Duration;

/** Says in one line what kept a live stream from being opened or read on. */
final class LiveFailures {

    private static final int CONNECTION_RESET = -104;
    private static final int NETWORK_UNREACHABLE = -101;
    private static final int TIMED_OUT = -110;
    private static final int CONNECTION_REFUSED = -111;
    private static final int HOST_UNREACHABLE = -113;
    private static final int NO_SUCH_DEVICE = -19;
    private static final int NO_SUCH_FILE = -2;
    private static final int PERMISSION = -13;
    private static final int BUSY = -16;

    private LiveFailures() {}

    static VideoException unopened(LiveInput input, int code, boolean overdue) {
        String name = input.name();
        if (overdue) {
            return new VideoException(
                    name
                            + " does not answer within "
                            + seconds(input.settings().connectTimeout())
                            + "; check that it is on");
        }
        VideoException refused = refusal(name, code);
        return refused != null ? refused : new VideoException(name + " " + cause(code));
    }

    static String lost(LiveInput input, int code) {
        return input.name() + " " + cause(code);
    }

    private static VideoException refusal(String name, int code) {
        if (code == AVERROR_HTTP_UNAUTHORIZED()) {
            return status(name, 401);
        } else if (code == AVERROR_HTTP_FORBIDDEN()) {
            return status(name, 403);
        } else if (code == AVERROR_HTTP_NOT_FOUND()) {
            return status(name, 404);
        } else if (code == AVERROR_PROTOCOL_NOT_FOUND()) {
            return VideoException.refused(
                    name + " leads to a protocol that is not allowed for its scheme");
        }
        return switch (code) {
            case NO_SUCH_DEVICE, NO_SUCH_FILE ->
                    new VideoException(name + " is not there; check that it is plugged in");
            case PERMISSION ->
                    VideoException.refused(
                            name + " may not be read; add the user to the group video");
            case BUSY -> new VideoException(name + " is in use by another program");
            default -> null;
        };
    }

    /** What an answer of HTTP or RTSP with that status means. */
    static VideoException status(String name, int status) {
        return switch (status) {
            case 401 ->
                    VideoException.refused(
                            name
                                    + " wants a user name and password, or other ones than it was"
                                    + " given (401)");
            case 403 -> VideoException.refused(name + " does not let this user in (403)");
            case 404, 410 ->
                    VideoException.refused(
                            name + " is not found there (" + status + "); check the path");
            default -> new VideoException(name + " answers with status " + status);
        };
    }

    private static String cause(int code) {
        if (code == AVERROR_HTTP_SERVER_ERROR()) {
            return "answers that it has a fault (5xx)";
        } else if (code == AVERROR_EOF()) {
            return "closes the connection";
        } else if (code == AVERROR_INVALIDDATA()) {
            return "sends no video that FFmpeg can read";
        }
        return switch (code) {
            case CONNECTION_REFUSED ->
                    "refuses connections; check its port, and that its server is on";
            case HOST_UNREACHABLE, NETWORK_UNREACHABLE ->
                    "can't be reached; check the network to it";
            case TIMED_OUT -> "does not answer in time; check that it is on";
            case CONNECTION_RESET -> "closes the connection";
            default -> "can't be read: " + Ffmpeg.describe(code);
        };
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }
}
