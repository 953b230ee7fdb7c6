package io.frametag.connectors.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to one request (RFC 2326, section 7). For one thread. */
final class RtspAnswer {

    private static final Map<Integer, String> REASONS =
            Map.of(
                    200, "OK",
                    400, "Bad Request",
                    401, "Unauthorized",
                    404, "Not Found",
                    405, "Method Not Allowed",
                    454, "Session Not Found",
                    455, "Method Not Valid in This State",
                    461, "Unsupported Transport");

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";

    private RtspAnswer(int status) {
        this.status = status;
    }

    static RtspAnswer of(int status) {
        return new RtspAnswer(status);
    }

    RtspAnswer header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RtspAnswer body(String type, String text) {
        header("Content-Type", type);
        body = text;
        return this;
    }

    int status() {
        return status;
    }

    byte[] bytes(String sequence) {
        StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status).append(' ');
        text.append(REASONS.get(status)).append("\r\n");
        text.append("CSeq: ").append(sequence).append("\r\n");
        text.append("Server: Frametag simulator\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0) {
            text.append("Content-Length: ").append(length).append("\r\n");
        }
        text.append("\r\n").append(body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
