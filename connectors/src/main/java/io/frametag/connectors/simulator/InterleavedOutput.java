package io.frametag.connectors.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Packets on the RTSP connection itself (RFC 2326, section 10.12). */
final class InterleavedOutput implements RtpOutput {

    private static final int STRAY_CHANNEL = 0xee;

    private final RtspConnection connection;
    private final Transport channels;

    InterleavedOutput(RtspConnection connection, Transport channels) {
        this.connection = connection;
        this.channels = channels;
    }

    @Override
    public void rtp(List<byte[]> packets) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(packet -> put(channels.first(), packet, all));
        connection.write(all.toByteArray());
    }

    @Override
    public void rtcp(byte[] packet) throws IOException {
        write(channels.second(), packet);
    }

    @Override
    public void stray(byte[] packet) throws IOException {
        write(STRAY_CHANNEL, packet);
    }

    @Override
    public Duration overtaking() {
        return Duration.ZERO;
    }

    private void write(int channel, byte[] packet) throws IOException {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        put(channel, packet, framed);
        connection.write(framed.toByteArray());
    }

    private static void put(int channel, byte[] packet, ByteArrayOutputStream to) {
        to.write('$');
        to.write(channel);
        to.write(packet.length >> 8);
        to.write(packet.length);
        to.writeBytes(packet);
    }
}
