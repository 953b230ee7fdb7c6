package io.frametag.connectors.simulator;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An RTSP client that says exactly what a test wants. Reads wait for five seconds at most. */
final class TestingRtspSocket implements AutoCloseable {

    private static final int WAIT_MILLIS = 5000;

    private final Socket socket;
    private final InputStream in;
    private final String uri;
    private int sequence;

    TestingRtspSocket(CameraSimulator simulator, String path) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), simulator.rtspPort());
        socket.setSoTimeout(WAIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        uri = "rtsp://127.0.0.1:" + simulator.rtspPort() + "/" + path;
    }

    void waitAtMost(Duration duration) throws IOException {
        socket.setSoTimeout((int) duration.toMillis());
    }

    /** Sends a request and returns the head of the answer; packets in between are left out. */
    String ask(String method, String... headers) throws IOException {
        send(method, headers);
        int first = in.read();
        while (first == '$') {
            packetBehind();
            first = in.read();
        }
        StringBuilder head = new StringBuilder();
        for (int next = first; next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                skipBody(head.toString());
                return head.toString();
            }
        }
        throw new EOFException(head.toString());
    }

    void send(String method, String... headers) throws IOException {
        String target = method.equals("SETUP") ? uri + "/track1" : uri;
        String text =
                method
                        + " "
                        + target
                        + " RTSP/1.0\r\nCSeq: "
                        + ++sequence
                        + "\r\n"
                        + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                        + "\r\n";
        sendText(text);
    }

    void sendText(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void skipBody(String head) throws IOException {
        int at = head.indexOf("Content-Length: ");
        if (at >= 0) {
            int end = head.indexOf('\r', at);
            in.skipNBytes(Integer.parseInt(head.substring(at + 16, end)));
        }
    }

    /** Goes as far as a stream over this connection. */
    TestingRtspSocket play() throws IOException {
        ask("DESCRIBE");
        ask("SETUP", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        String answer = ask("PLAY");
        if (!answer.startsWith("RTSP/1.0 200")) {
            throw new IOException(answer);
        }
        return this;
    }

    /** The next packet: its channel, then its bytes. */
    ByteBuffer packet() throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new EOFException();
        }
        if (first != '$') {
            throw new IOException("no packet but " + first);
        }
        return packetBehind();
    }

    private ByteBuffer packetBehind() throws IOException {
        byte[] head = in.readNBytes(3);
        int length = (head[1] & 0xff) << 8 | head[2] & 0xff;
        return ByteBuffer.allocate(1 + length).put(head[0]).put(in.readNBytes(length)).flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
