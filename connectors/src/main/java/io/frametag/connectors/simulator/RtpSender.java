package io.frametag.connectors.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Sends pictures as RTP packets, some of them lost or damaged where the camera says so. */
final class RtpSender implements PictureSender {

    private final SimulatedCamera camera;
    private final RtpOutput output;
    private final RtpPackets packets;
    private final PacketFaults faults;
    private final int firstTimestamp;

    RtpSender(SimulatedCamera camera, RtpOutput output, Random random) {
        this.camera = camera;
        this.output = output;
        this.firstTimestamp = random.nextInt();
        this.packets =
                new RtpPackets(camera.clip().codec(), random.nextInt(), (short) random.nextInt());
        this.faults = new PacketFaults(camera, random.nextLong());
    }

    /** What a client is told before the first packet (RFC 2326, section 12.33). */
    String rtpInfo(String trackUri) {
        return "url=%s;seq=%d;rtptime=%d"
                .formatted(
                        trackUri, packets.nextSequence(), Integer.toUnsignedLong(firstTimestamp));
    }

    @Override
    public List<byte[]> pieces(Playhead playhead) throws IOException {
        int timestamp = firstTimestamp + (int) (playhead.shownTicks() + camera.jumpedTicks());
        return faults.apply(packets.of(playhead.unit(), timestamp), output);
    }

    @Override
    public void write(List<byte[]> pieces) throws IOException {
        output.rtp(pieces);
    }

    @Override
    public void report(long epochNanos, long ticks) throws IOException {
        int timestamp = firstTimestamp + (int) (ticks + camera.jumpedTicks());
        output.rtcp(packets.senderReport(epochNanos, timestamp));
    }

    @Override
    public void bye() throws IOException {
        output.rtcp(packets.bye());
    }

    @Override
    public Duration overtaking() {
        return output.overtaking();
    }
}
