package io.frametag.connectors.video;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a GET, over a socket that any thread may close to end a read at once. One request
 * per connection; the body is read as it comes. For one thread but for {@link #close()}.
 */
final class HttpConnection implements Closeable {

    private static final int MOST_HEADER_BYTES = 64 << 10;

    private final Socket socket;
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers;
    private final boolean chunked;
    private long left;
    private boolean ended;

    private HttpConnection(Socket socket, InputStream in, int status, Map<String, String> headers)
            throws IOException {
        this.socket = socket;
        this.in = in;
        this.status = status;
        this.headers = headers;
        chunked = header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
        String length = header("content-length");
        try {
            left = chunked ? 0 : length.isEmpty() ? Long.MAX_VALUE : Long.parseLong(length.trim());
        } catch (NumberFormatException e) {
            throw new IOException("its Content-Length is no number", e);
        }
    }

    /**
     * Asks for an address.
     *
     * @param authorization header to prove who we are; null for none
     * @param range such as {@code bytes=0-99}; null for all
     */
    static HttpConnection get(
            StreamAddress address,
            @Nullable String authorization,
            @Nullable String range,
            CameraSettings settings,
            Interruption interruption)
            throws IOException {
        Socket socket = new Socket();
        interruption.blockedBy(socket);
        try {
            int millis = Math.toIntExact(settings.connectTimeout().toMillis());
            String host = address.host().replaceAll("[\\[\\]]", "");
            socket.connect(new InetSocketAddress(host, port(address)), millis);
            socket.setSoTimeout(millis);
            Socket plain = address.scheme().equals("https") ? secured(socket, address) : socket;
            plain.getOutputStream().write(request(address, authorization, range));
            InputStream in = new BufferedInputStream(plain.getInputStream(), 64 << 10);
            HttpConnection connection = answered(plain, in);
            socket.setSoTimeout(Math.toIntExact(settings.stallTimeout().toMillis()));
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    static int port(StreamAddress address) {
        return address.port() > 0 ? address.port() : address.scheme().equals("https") ? 443 : 80;
    }

    private static Socket secured(Socket socket, StreamAddress address) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket tls =
                (SSLSocket) factory.createSocket(socket, address.host(), port(address), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static byte[] request(
            StreamAddress address, @Nullable String authorization, @Nullable String range) {
        String port = address.port() < 0 ? "" : ":" + address.port();
        StringBuilder text = new StringBuilder();
        text.append("GET ").append(target(address)).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(address.host()).append(port).append("\r\n");
        text.append("User-Agent: frametag\r\nAccept: */*\r\nConnection: close\r\n");
        if (authorization != null) {
            text.append("Authorization: ").append(authorization).append("\r\n");
        }
        if (range != null) {
            text.append("Range: ").append(range).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Path and query as they are asked for. */
    static String target(StreamAddress address) {
        int fragment = address.rest().indexOf('#');
        String rest = fragment < 0 ? address.rest() : address.rest().substring(0, fragment);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static HttpConnection answered(Socket socket, InputStream in) throws IOException {
        int[] budget = {MOST_HEADER_BYTES};
        String first = line(in, budget);
        if (!first.matches("(HTTP|ICY)[^ ]* [0-9]{3}.*")) {
            throw new IOException("its answer is not HTTP");
        }
        int status = Integer.parseInt(first.substring(first.indexOf(' ') + 1).substring(0, 3));
        Map<String, String> headers = new TreeMap<>();
        String header = line(in, budget);
        while (!header.isEmpty()) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        header.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim(),
                        (a, b) -> a + "\n" + b);
            }
            header = line(in, budget);
        }
        return new HttpConnection(socket, in, status, headers);
    }

    private static String line(InputStream in, int[] budget) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            budget[0]--;
            if (budget[0] < 0) {
                throw new IOException("its headers are too long");
            }
            line.append((char) c);
            c = in.read();
        }
        if (c < 0 && line.isEmpty()) {
            throw new IOException("it closes the connection");
        }
        return line.toString().strip();
    }

    int status() {
        return status;
    }

    /** A header's value; empty where it is missing. */
    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** Reads some of the body; -1 at its end. */
    int read(byte[] into, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended || left == 0) {
            return -1;
        }
        int read = in.read(into, 0, (int) Math.min(length, left));
        if (read > 0) {
            left -= read;
            if (chunked && left == 0) {
                line(in, new int[] {MOST_HEADER_BYTES});
            }
        }
        return read;
    }

    private void nextChunk() throws IOException {
        String size = line(in, new int[] {MOST_HEADER_BYTES});
        int extension = size.indexOf(';');
        try {
            left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).trim(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("its chunks are not in order", e);
        }
        ended = left == 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Says what kept an address from being fetched. */
    static VideoException failure(String name, IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return new VideoException(name + " does not answer in time; check that it is on");
        } else if (cause instanceof SSLException) {
            return VideoException.refused(
                    name
                            + " has a certificate that is not trusted, or no TLS; add it to Java's"
                            + " trust store or use http");
        } else if (cause instanceof java.net.ConnectException) {
            return new VideoException(
                    name + " refuses connections; check its port, and that its server is on");
        } else if (cause instanceof java.net.NoRouteToHostException) {
            return new VideoException(name + " can't be reached; check the network to it");
        } else if (cause instanceof java.net.SocketException) {
            return new VideoException(name + " closes the connection");
        }
        return new VideoException(name + " can't be read: " + cause.getMessage());
    }
}
