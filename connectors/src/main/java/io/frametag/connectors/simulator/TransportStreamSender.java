package io.frametag.connectors.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Sends pictures as one long MPEG transport stream. */
final class TransportStreamSender implements PictureSender {

    private final SimulatedCamera camera;
    private final OutputStream out;
    private final TransportStream stream = new TransportStream();

    TransportStreamSender(SimulatedCamera camera, OutputStream out) {
        this.camera = camera;
        this.out = out;
    }

    @Override
    public List<byte[]> pieces(Playhead playhead) {
        Clip clip = playhead.clip();
        long jumped = camera.jumpedTicks();
        return List.of(
                stream.of(
                        clip.codec(),
                        playhead.unit(),
                        playhead.shownTicks() + clip.reorderTicks() + jumped,
                        playhead.sentTicks() - clip.delayTicks() + jumped));
    }

    @Override
    public void write(List<byte[]> pieces) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
        out.flush();
    }
}
