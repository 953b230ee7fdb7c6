package io.frametag.connectors.simulator;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants its packets (RFC 2326, section 12.39).
 *
 * @param interleaved on the RTSP connection; else over UDP
 * @param first channel, or port of the client, for RTP
 * @param second channel, or port of the client, for RTCP
 */
record Transport(boolean interleaved, int first, int second) {

    private static final Pattern CHANNELS = Pattern.compile("interleaved=(\\d{1,3})-(\\d{1,3})");
    private static final Pattern PORTS = Pattern.compile("client_port=(\\d{1,5})-(\\d{1,5})");

    /** The first of the client's wishes that can be met; null where there is none. */
    static @Nullable Transport choose(@Nullable String header) {
        if (header == null) {
            return null;
        }
        for (String wish : header.split(",")) {
            Transport transport = parse(wish.trim());
            if (transport != null) {
                return transport;
            }
        }
        return null;
    }

    private static @Nullable Transport parse(String wish) {
        String profile = wish.split(";")[0].toUpperCase(Locale.ROOT);
        if (wish.contains("multicast")) {
            return null;
        }
        if (profile.equals("RTP/AVP/TCP")) {
            Transport channels = numbers(CHANNELS.matcher(wish), true, 255);
            return channels == null ? new Transport(true, 0, 1) : channels;
        }
        boolean isUdp = profile.equals("RTP/AVP") || profile.equals("RTP/AVP/UDP");
        return isUdp ? numbers(PORTS.matcher(wish), false, 65_535) : null;
    }

    private static @Nullable Transport numbers(Matcher matcher, boolean interleaved, int most) {
        if (!matcher.find()) {
            return null;
        }
        int first = Integer.parseInt(matcher.group(1));
        int second = Integer.parseInt(matcher.group(2));
        return first <= most && second <= most ? new Transport(interleaved, first, second) : null;
    }
}
