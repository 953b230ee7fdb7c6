package io.frametag.connectors.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Loses and damages packets as the camera's faults say, by a seeded chance. For one thread. */
final class PacketFaults {

    /** As much as an RTCP packet has: shorter ones make some clients lose their place. */
    private static final int LEAST_STRAY_BYTES = 8;

    private static final int MOST_STRAY_BYTES = 200;

    private final SimulatedCamera camera;
    private final Random random;

    PacketFaults(SimulatedCamera camera, long seed) {
        this.camera = camera;
        this.random = new Random(seed);
    }

    /** What is left of them. */
    List<byte[]> apply(List<byte[]> packets, RtpOutput output) throws IOException {
        boolean loses = camera.has(Fault.LOSS);
        boolean damages = camera.has(Fault.GARBAGE);
        if (!loses && !damages) {
            return packets;
        }
        List<byte[]> left = new ArrayList<>();
        for (byte[] packet : packets) {
            if (loses && random.nextDouble() < camera.amount(Fault.LOSS)) {
                camera.countLost();
                continue;
            }
            if (damages && random.nextDouble() < camera.amount(Fault.GARBAGE)) {
                damage(packet);
                output.stray(bytes(random.nextInt(LEAST_STRAY_BYTES, MOST_STRAY_BYTES)));
            }
            left.add(packet);
        }
        return left;
    }

    private void damage(byte[] packet) {
        int from = Math.min(RtpPackets.damageableFrom(), packet.length);
        for (int i = from; i < packet.length; i++) {
            if (random.nextInt(8) == 0) {
                packet[i] = (byte) random.nextInt();
            }
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
