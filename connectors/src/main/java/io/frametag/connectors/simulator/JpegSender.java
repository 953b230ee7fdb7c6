package io.frametag.connectors.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends pictures as JPEG, each a part of an endless multipart answer. */
final class JpegSender implements PictureSender {

    static final String CONTENT_TYPE = "multipart/x-mixed-replace; boundary=frame";

    private final JpegClips clips;
    private final OutputStream out;

    JpegSender(JpegClips clips, OutputStream out) {
        this.clips = clips;
        this.out = out;
    }

    @Override
    public List<byte[]> pieces(Playhead playhead) throws IOException {
        byte[] jpeg = clips.of(playhead.clip()).get(playhead.index());
        String head =
                "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
                        + jpeg.length
                        + "\r\n\r\n";
        return List.of(
                head.getBytes(StandardCharsets.US_ASCII),
                jpeg,
                "\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void write(List<byte[]> pieces) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
        out.flush();
    }
}
