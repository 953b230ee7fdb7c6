package io.frametag.connectors.simulator;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The pair of UDP ports from which all clients are sent to, RTP from the even one and RTCP from the
 * next. What clients send to the second keeps their sessions alive; {@link #run()} reads it, on a
 * thread of its own, until {@link #close()}. Owns both sockets.
 */
final class UdpPorts implements Runnable, AutoCloseable {

    private static final int ATTEMPTS = 100;

    /** A large picture sent at once would overflow the client's buffer. */
    private static final int PACKETS_AT_ONCE = 32;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The three ways to a client, RTP, RTCP and RTSP, have no order among them. */
    private static final Duration OVERTAKING = Duration.ofMillis(200);

    private final DatagramSocket first;
    private final DatagramSocket second;
    private final Map<SocketAddress, RtspConnection> clients = new ConcurrentHashMap<>();

    private UdpPorts(DatagramSocket first, DatagramSocket second) {
        this.first = first;
        this.second = second;
    }

    /** Finds two free ports in a row, the first even (RFC 3550, section 11). */
    static UdpPorts open(InetAddress host) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramSocket first = new DatagramSocket(0, host);
            if (first.getLocalPort() % 2 == 0 && first.getLocalPort() < 65_535) {
                try {
                    return new UdpPorts(first, new DatagramSocket(first.getLocalPort() + 1, host));
                } catch (SocketException e) {
                    // Someone else has the second.
                    first.close();
                }
            }
            first.close();
        }
        throw new IOException("no two UDP ports in a row are free; close some programs");
    }

    int firstPort() {
        return first.getLocalPort();
    }

    /** The way to that client's ports. */
    RtpOutput to(InetAddress host, Transport ports, RtspConnection connection) {
        InetSocketAddress rtp = new InetSocketAddress(host, ports.first());
        InetSocketAddress rtcp = new InetSocketAddress(host, ports.second());
        clients.put(rtcp, connection);
        return new Output(rtp, rtcp);
    }

    void remove(RtspConnection connection) {
        clients.values().removeIf(connection::equals);
    }

    @Override
    public void run() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (!second.isClosed()) {
            try {
                second.receive(packet);
                RtspConnection connection = clients.get(packet.getSocketAddress());
                if (connection != null) {
                    connection.touch();
                }
            } catch (IOException e) {
                // Closed, or a client's port is: both show elsewhere.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    /** Sends as fast as a client's buffer can bear. */
    private final class Output implements RtpOutput {

        private final InetSocketAddress rtp;
        private final InetSocketAddress rtcp;

        Output(InetSocketAddress rtp, InetSocketAddress rtcp) {
            this.rtp = rtp;
            this.rtcp = rtcp;
        }

        @Override
        public void rtp(List<byte[]> packets) throws IOException {
            for (int i = 0; i < packets.size(); i++) {
                if (i % PACKETS_AT_ONCE == PACKETS_AT_ONCE - 1) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                byte[] packet = packets.get(i);
                first.send(new DatagramPacket(packet, packet.length, rtp));
            }
        }

        @Override
        public void rtcp(byte[] packet) throws IOException {
            second.send(new DatagramPacket(packet, packet.length, rtcp));
        }

        @Override
        public void stray(byte[] packet) throws IOException {
            first.send(new DatagramPacket(packet, packet.length, rtp));
        }

        @Override
        public Duration overtaking() {
            return OVERTAKING;
        }
    }
}
