package io.frametag.connectors.simulator;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes pictures as an MPEG transport stream (ISO/IEC 13818-1) of one program with one video. Each
 * keyframe comes with the tables, so that a reader can begin there. For one thread.
 */
final class TransportStream {

    private static final int PACKET_BYTES = 188;
    private static final int ROOM = PACKET_BYTES - 4;
    private static final int TABLE_PID = 0;
    private static final int MAP_PID = 0x1000;
    private static final int VIDEO_PID = 0x100;
    private static final long TIME_MASK = (1L << 33) - 1;

    /** So that a decoder can read ahead of its clock. */
    private static final long CLOCK_LEAD_TICKS = AccessUnit.TICKS_PER_SECOND / 2;

    private static final byte[] H264_DELIMITER = {0, 0, 0, 1, 9, (byte) 0xf0};
    private static final byte[] HEVC_DELIMITER = {0, 0, 0, 1, 0x46, 1, 0x50};

    private final int[] counters = new int[MAP_PID + 1];

    /**
     * The packets of one picture.
     *
     * @param shownTicks when it is shown, in 1/90,000 s
     * @param decodedTicks when it is decoded, not after it is shown
     */
    byte[] of(VideoCodec codec, AccessUnit unit, long shownTicks, long decodedTicks) {
        byte[] picture = elementary(codec, unit);
        long shown = shownTicks + CLOCK_LEAD_TICKS;
        long decoded = decodedTicks + CLOCK_LEAD_TICKS;
        ByteBuffer stream = ByteBuffer.allocate(19 + picture.length);
        putHeader(stream, shown, decoded);
        stream.put(picture).flip();
        // One packet more for the clock and one for the rest.
        int packets = stream.limit() / ROOM + 2 + (unit.keyframe() ? 2 : 0);
        ByteBuffer out = ByteBuffer.allocate(packets * PACKET_BYTES);
        if (unit.keyframe()) {
            putTable(out, TABLE_PID, programs());
            putTable(out, MAP_PID, map(codec));
        }
        putPackets(out, stream, decodedTicks);
        byte[] result = new byte[out.position()];
        out.flip().get(result);
        return result;
    }

    private static byte[] elementary(VideoCodec codec, AccessUnit unit) {
        List<byte[]> units = unit.nalUnits();
        byte[] delimiter = codec == VideoCodec.H264 ? H264_DELIMITER : HEVC_DELIMITER;
        boolean delimited = codec.type(units.get(0)) == (codec == VideoCodec.H264 ? 9 : 35);
        int length = delimiter.length + units.stream().mapToInt(nal -> 4 + nal.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (!delimited) {
            bytes.put(delimiter);
        }
        units.forEach(nal -> bytes.putInt(1).put(nal));
        byte[] result = new byte[bytes.position()];
        bytes.flip().get(result);
        return result;
    }

    /** A packet of the elementary stream, of unstated length as video may be. */
    private static void putHeader(ByteBuffer to, long shown, long decoded) {
        to.put(new byte[] {0, 0, 1, (byte) 0xe0, 0, 0, (byte) 0x84, (byte) 0xc0, 10});
        putTime(to, 3, shown);
        putTime(to, 1, decoded);
    }

    private static void putTime(ByteBuffer to, int prefix, long ticks) {
        long time = ticks & TIME_MASK;
        to.put((byte) (prefix << 4 | time >> 29 & 0xe | 1));
        to.putShort((short) (time >> 14 & 0xfffe | 1));
        to.putShort((short) (time << 1 & 0xfffe | 1));
    }

    private void putPackets(ByteBuffer out, ByteBuffer stream, long clockTicks) {
        boolean first = true;
        while (stream.hasRemaining()) {
            int adaptation = first ? 8 : 0;
            int stuffing = Math.max(0, ROOM - adaptation - stream.remaining());
            putPacketHeader(out, VIDEO_PID, first, adaptation + stuffing > 0);
            putAdaptation(out, adaptation, stuffing, clockTicks);
            int length = ROOM - adaptation - stuffing;
            out.put(stream.slice(stream.position(), length));
            stream.position(stream.position() + length);
            first = false;
        }
    }

    private static void putAdaptation(ByteBuffer out, int clockBytes, int stuffing, long ticks) {
        int total = clockBytes + stuffing;
        if (total == 0) {
            return;
        }
        out.put((byte) (total - 1));
        int written = 1;
        if (clockBytes > 0) {
            long time = ticks & TIME_MASK;
            out.put((byte) 0x10).putInt((int) (time >> 1));
            out.putShort((short) ((time & 1) << 15 | 0x7e00));
            written = 8;
        } else if (total > 1) {
            out.put((byte) 0);
            written = 2;
        }
        for (int i = written; i < total; i++) {
            out.put((byte) 0xff);
        }
    }

    private void putPacketHeader(ByteBuffer out, int pid, boolean start, boolean adaptation) {
        out.put((byte) 0x47).putShort((short) ((start ? 0x4000 : 0) | pid));
        out.put((byte) ((adaptation ? 0x30 : 0x10) | counters[pid]++ & 0xf));
    }

    private void putTable(ByteBuffer out, int pid, ByteBuffer section) {
        putPacketHeader(out, pid, true, false);
        int end = out.position() + ROOM;
        out.put((byte) 0).put(section);
        while (out.position() < end) {
            out.put((byte) 0xff);
        }
    }

    private static ByteBuffer programs() {
        return section(0, new byte[] {0, 1, (byte) (0xe0 | MAP_PID >> 8), (byte) MAP_PID});
    }

    private static ByteBuffer map(VideoCodec codec) {
        byte type = (byte) (codec == VideoCodec.H264 ? 0x1b : 0x24);
        byte high = (byte) (0xe0 | VIDEO_PID >> 8);
        byte low = (byte) VIDEO_PID;
        return section(2, new byte[] {high, low, (byte) 0xf0, 0, type, high, low, (byte) 0xf0, 0});
    }

    private static ByteBuffer section(int table, byte[] body) {
        ByteBuffer section = ByteBuffer.allocate(8 + body.length + 4);
        section.put((byte) table).putShort((short) (0xb000 | 5 + body.length + 4));
        section.putShort((short) 1).put((byte) 0xc1).put((byte) 0).put((byte) 0).put(body);
        section.putInt(checksum(section.array(), section.position()));
        return section.flip();
    }

    /** The CRC of annex A: not reflected, not inverted. */
    private static int checksum(byte[] bytes, int length) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04c11db7 : 0);
            }
        }
        return crc;
    }
}
