package io.frametag.connectors.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where one client's packets go. May block while the client does not read. */
interface RtpOutput {

    void rtp(List<byte[]> packets) throws IOException;

    void rtcp(byte[] packet) throws IOException;

    /** A packet that belongs to no stream, where the transport can carry one. */
    void stray(byte[] packet) throws IOException;

    /** For how long what was sent can be overtaken by what is sent another way. */
    Duration overtaking();
}
