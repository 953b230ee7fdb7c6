package io.frametag.connectors.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one client's RTP packets (RFC 3550, RFC 6184, RFC 7798) and the RTCP packets about them.
 * Large units are cut into fragments; small ones go as they are. For one thread.
 */
final class RtpPackets {

    static final int PAYLOAD_TYPE = 96;

    private static final int HEADER_BYTES = 12;
    private static final int MOST_PAYLOAD_BYTES = 1388;
    private static final int VERSION = 0x80;
    private static final int MARKER = 0x80;
    private static final int FIRST_FRAGMENT = 0x80;
    private static final int LAST_FRAGMENT = 0x40;
    private static final int SENDER_REPORT = 200;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;

    /** From 1900, where NTP begins, to 1970. */
    private static final long NTP_SECONDS = 2_208_988_800L;

    private static final long NANOS = 1_000_000_000;

    private final VideoCodec codec;
    private final int ssrc;
    private short sequence;
    private int packets;
    private int payloadBytes;

    RtpPackets(VideoCodec codec, int ssrc, short firstSequence) {
        this.codec = codec;
        this.ssrc = ssrc;
        this.sequence = firstSequence;
    }

    /** The packets of one picture; the last has the marker. */
    List<byte[]> of(AccessUnit unit, int timestamp) {
        List<byte[]> result = new ArrayList<>();
        List<byte[]> nalUnits = unit.nalUnits();
        for (int i = 0; i < nalUnits.size(); i++) {
            add(nalUnits.get(i), timestamp, i == nalUnits.size() - 1, result);
        }
        return result;
    }

    private void add(byte[] nalUnit, int timestamp, boolean last, List<byte[]> result) {
        if (nalUnit.length <= MOST_PAYLOAD_BYTES) {
            ByteBuffer packet = packet(nalUnit.length, timestamp, last);
            result.add(packet.put(nalUnit).array());
            return;
        }
        int header = codec.headerBytes;
        int room = MOST_PAYLOAD_BYTES - header - 1;
        for (int at = header; at < nalUnit.length; at += room) {
            int length = Math.min(room, nalUnit.length - at);
            boolean end = at + length == nalUnit.length;
            ByteBuffer packet = packet(header + 1 + length, timestamp, last && end);
            codec.putFragmentHeader(packet, nalUnit);
            packet.put((byte) (position(at == header, end) | codec.type(nalUnit)));
            result.add(packet.put(nalUnit, at, length).array());
        }
    }

    private static int position(boolean first, boolean last) {
        return (first ? FIRST_FRAGMENT : 0) | (last ? LAST_FRAGMENT : 0);
    }

    private ByteBuffer packet(int payload, int timestamp, boolean marked) {
        packets++;
        payloadBytes += payload;
        return ByteBuffer.allocate(HEADER_BYTES + payload)
                .put((byte) VERSION)
                .put((byte) ((marked ? MARKER : 0) | PAYLOAD_TYPE))
                .putShort(sequence++)
                .putInt(timestamp)
                .putInt(ssrc);
    }

    /** Where the payload of a packet begins that fragments and whole units have in common. */
    static int damageableFrom() {
        return HEADER_BYTES + 4;
    }

    /**
     * A sender report, which ties the timestamps to the time of day.
     *
     * @param epochNanos since 1970
     * @param timestamp of a picture taken at that time
     */
    byte[] senderReport(long epochNanos, int timestamp) {
        long seconds = Math.floorDiv(epochNanos, NANOS);
        long fraction = (Math.floorMod(epochNanos, NANOS) << 32) / NANOS;
        ByteBuffer packet = ByteBuffer.allocate(28 + 24);
        putHeader(packet, 0, SENDER_REPORT, 28);
        packet.putInt((int) (seconds + NTP_SECONDS)).putInt((int) fraction);
        packet.putInt(timestamp).putInt(packets).putInt(payloadBytes);
        putHeader(packet, 1, SOURCE_DESCRIPTION, 24);
        byte[] name = "frametag-cam".getBytes(StandardCharsets.US_ASCII);
        // The canonical name; zeros end the list.
        packet.put((byte) 1).put((byte) name.length).put(name);
        return packet.array();
    }

    byte[] bye() {
        ByteBuffer packet = ByteBuffer.allocate(8 + 8);
        putHeader(packet, 0, 201, 8);
        putHeader(packet, 1, BYE, 8);
        return packet.array();
    }

    private void putHeader(ByteBuffer packet, int count, int type, int bytes) {
        packet.put((byte) (VERSION | count)).put((byte) type).putShort((short) (bytes / 4 - 1));
        packet.putInt(ssrc);
    }

    int ssrc() {
        return ssrc;
    }

    int nextSequence() {
        return sequence & 0xffff;
    }
}
