package io.frametag.connectors.video;

import org.apache.flink.annotation.PublicEvolving;

/** What RTP packets of an RTSP camera travel by. */
@PublicEvolving
public enum RtspTransport {
    /** Within the RTSP connection: nothing is lost on the way. */
    TCP,
    /** As datagrams: no waiting for lost packets, but damaged pictures where some are. */
    UDP
}
