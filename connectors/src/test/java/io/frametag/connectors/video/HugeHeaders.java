package io.frametag.connectors.video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pictures and videos of a few kilobytes that claim to be 30000 pixels wide and high. */
final class HugeHeaders {

    static final int SIDE = 30_000;

    /** H.264 counts in blocks of 16. */
    private static final int BLOCKS = SIDE / 16;

    private HugeHeaders() {}

    /** Patches the frame header; a JPEG of ours has one only, baseline. */
    static byte[] jpeg(byte[] sample) {
        byte[] huge = sample.clone();
        int frame = indexOf(huge, new byte[] {(byte) 0xFF, (byte) 0xC0}, 0);
        ByteBuffer.wrap(huge).putShort(frame + 5, (short) SIDE).putShort(frame + 7, (short) SIDE);
        return huge;
    }

    static byte[] png(byte[] sample) {
        byte[] huge = sample.clone();
        ByteBuffer.wrap(huge).putInt(16, SIDE).putInt(20, SIDE);
        FuzzMutator.mendChecksums(huge);
        return huge;
    }

    /** The extended header, whose canvas may be that large, before the chunk of the sample. */
    static byte[] webp(byte[] sample) {
        ByteBuffer huge = ByteBuffer.allocate(sample.length + 18).order(ByteOrder.LITTLE_ENDIAN);
        huge.put(sample, 0, 12).put(ascii("VP8X")).putInt(10).putInt(0);
        for (int i = 0; i < 2; i++) {
            huge.putShort((short) (SIDE - 1)).put((byte) (SIDE - 1 >> 16));
        }
        huge.put(sample, 12, sample.length - 12).putInt(4, huge.capacity() - 8);
        return huge.array();
    }

    /** Annex B: parameter sets and the first bytes of a keyframe. */
    static byte[] h264() {
        ByteBuffer stream = ByteBuffer.allocate(4096);
        for (byte[] unit : new byte[][] {sequence(), parameters(), slice()}) {
            stream.putInt(1).put(unit);
        }
        return Arrays.copyOf(stream.array(), stream.position());
    }

    /** The sample entry claims it, the parameter set does not. */
    static byte[] mp4ByContainer(byte[] sample) {
        byte[] huge = sample.clone();
        int entry = indexOf(huge, ascii("avc1"), indexOf(huge, ascii("moov"), 0));
        ByteBuffer.wrap(huge).putShort(entry + 28, (short) SIDE).putShort(entry + 30, (short) SIDE);
        return huge;
    }

    /** The parameter set claims it, the sample entry does not. */
    static byte[] mp4ByParameterSet(byte[] sample) {
        int moov = indexOf(sample, ascii("moov"), 0);
        int set = indexOf(sample, ascii("avcC"), moov) + 4 + 6;
        ByteBuffer in = ByteBuffer.wrap(sample);
        int length = in.getShort(set);
        byte[] sequence = sequence();
        ByteBuffer out = ByteBuffer.allocate(sample.length + sequence.length - length);
        out.put(sample, 0, set).putShort((short) sequence.length).put(sequence);
        out.put(sample, set + 2 + length, sample.length - set - 2 - length);
        int grown = sequence.length - length;
        for (String box : "moov trak mdia minf stbl stsd avc1 avcC".split(" ")) {
            int size = indexOf(sample, ascii(box), moov) - 4;
            out.putInt(size, in.getInt(size) + grown);
        }
        return out.array();
    }

    private static byte[] sequence() {
        Bits bits = new Bits().put(8, 0x67).put(8, 66).put(8, 0).put(8, 51);
        bits.golomb(0).golomb(0).golomb(2).golomb(1).put(1, 0);
        return bits.golomb(BLOCKS - 1).golomb(BLOCKS - 1).put(4, 0b1100).done();
    }

    private static byte[] parameters() {
        Bits bits = new Bits().put(8, 0x68).golomb(0).golomb(0).put(2, 0);
        return bits.golomb(0)
                .golomb(0)
                .golomb(0)
                .put(3, 0)
                .golomb(0)
                .golomb(0)
                .golomb(0)
                .put(3, 0)
                .done();
    }

    private static byte[] slice() {
        Bits bits = new Bits().put(8, 0x65).golomb(0).golomb(7).golomb(0).put(4, 0).golomb(0);
        bits.put(2, 0).golomb(0);
        for (int i = 0; i < 64; i++) {
            bits.put(8, 0xA5);
        }
        return bits.done();
    }

    private static int indexOf(byte[] bytes, byte[] sought, int from) {
        for (int at = from; at + sought.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        throw new IllegalStateException(new String(sought, StandardCharsets.US_ASCII) + " missing");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes the fields of H.264's headers, none of which here needs an escape. */
    private static final class Bits {

        private final byte[] bytes = new byte[256];
        private int count;

        Bits put(int width, int value) {
            for (int i = width - 1; i >= 0; i--, count++) {
                bytes[count / 8] |= (byte) ((value >> i & 1) << 7 - count % 8);
            }
            return this;
        }

        Bits golomb(int value) {
            int width = 32 - Integer.numberOfLeadingZeros(value + 1);
            return put(2 * width - 1, value + 1);
        }

        byte[] done() {
            put(1, 1);
            return Arrays.copyOf(bytes, (count + 7) / 8);
        }
    }
}
