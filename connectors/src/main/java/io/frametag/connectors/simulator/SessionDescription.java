package io.frametag.connectors.simulator;

import java.util.Locale;

/** What a camera says of its stream (SDP, RFC 4566). */
final class SessionDescription {

    static final String TRACK = "track1";

    private SessionDescription() {}

    /**
     * The description.
     *
     * @param ticks length of all that is played; 0 where there is no end
     */
    static String of(String camera, Clip clip, long ticks) {
        String end =
                ticks == 0
                        ? "now-"
                        : String.format(
                                Locale.ROOT,
                                "0-%.3f",
                                (double) ticks / AccessUnit.TICKS_PER_SECOND);
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=" + camera,
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "a=range:npt=" + end,
                "m=video 0 RTP/AVP " + RtpPackets.PAYLOAD_TYPE,
                "a=rtpmap:%d %s/90000"
                        .formatted(RtpPackets.PAYLOAD_TYPE, clip.codec().encodingName),
                "a=fmtp:%d %s"
                        .formatted(
                                RtpPackets.PAYLOAD_TYPE,
                                clip.codec().description(clip.parameterSets())),
                "a=framerate:" + Math.round(100 * clip.framesPerSecond()) / 100.0,
                "a=control:" + TRACK,
                "");
    }
}
