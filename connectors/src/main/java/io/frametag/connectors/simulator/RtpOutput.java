package io.frametag.connectors.simulator;

import java.io.IOException;
import java.util.List;

/** Where one client's packets go. May block while the client does not read. */
interface RtpOutput {

    void rtp(List<byte[]> packets) throws IOException;

    void rtcp(byte[] packet) throws IOException;

    /** A packet that belongs to no stream, where the transport can carry one. */
    void stray(byte[] packet) throws IOException;
}
