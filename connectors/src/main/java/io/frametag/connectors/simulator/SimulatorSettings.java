package io.frametag.connectors.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all cameras of a simulator share.
 *
 * @param host to listen on
 * @param port for RTSP; 0 for any free one
 * @param httpPort for HTTP; 0 for any free one, null for no HTTP
 * @param credentials that clients need; null for none
 * @param rounds of the clip after which a stream ends; 0 for never
 * @param joinsLive whether clients join in mid-clip, where the camera is
 * @param sessionTimeout after which a silent client is dropped
 * @param reports how often sender reports come
 */
record SimulatorSettings(
        String host,
        int port,
        @Nullable Integer httpPort,
        @Nullable Credentials credentials,
        int rounds,
        boolean joinsLive,
        Duration sessionTimeout,
        Duration reports) {}
