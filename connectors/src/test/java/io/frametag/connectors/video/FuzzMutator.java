package io.frametag.connectors.video;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Damages samples: input {@code index} of a seed is the same in every run. One to four of: bits
 * flipped, runs overwritten, the end cut off, chunks left out, doubled, swapped or taken from
 * another sample, numbers put where lengths and sizes stand. One in four changes the first bytes
 * alone, where headers are. Half of the PNG pictures get their checksums right again, or else no
 * damage would pass the check.
 */
final class FuzzMutator {

    private static final int MAX_CHUNK = 512;
    private static final int HEADER_BYTES = 96;
    private static final int MAX_BYTES = 1 << 20;

    /** What lengths, sizes and counts are often mistaken at. */
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        8,
        0x7F,
        0x80,
        0xFF,
        0x100,
        0x7FFF,
        0x8000,
        0xFFFF,
        30_000,
        0x10000,
        0xFFFFFF,
        0x7FFFFFFF,
        0x80000000L,
        0xFFFFFFFFL
    };

    private final SplittableRandom random;
    private final List<byte[]> samples;
    private byte[] bytes;
    private int reach;

    private FuzzMutator(List<byte[]> samples, SplittableRandom random) {
        this.samples = samples;
        this.random = random;
        bytes = samples.get(random.nextInt(samples.size())).clone();
        reach = Integer.MAX_VALUE;
    }

    static byte[] input(FuzzFormat format, List<byte[]> samples, long seed, int index) {
        long mixed = (seed * 31 + format.ordinal()) * 1_000_003 + index;
        byte[] bytes = new FuzzMutator(samples, new SplittableRandom(mixed)).mutate();
        if (format == FuzzFormat.PNG && index % 4 < 2) {
            mendChecksums(bytes);
        }
        return bytes;
    }

    /** Of each chunk: length, type, data, checksum over type and data. */
    static void mendChecksums(byte[] png) {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            long length = buffer.getInt(at) & 0xFFFFFFFFL;
            if (at + 12 + length > png.length) {
                return;
            }
            CRC32 checksum = new CRC32();
            checksum.update(png, at + 4, (int) length + 4);
            buffer.putInt(at + 8 + (int) length, (int) checksum.getValue());
            at += 12 + (int) length;
        }
    }

    private byte[] mutate() {
        if (random.nextInt(4) == 0) {
            reach = HEADER_BYTES;
        }
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps && bytes.length > 0 && bytes.length < MAX_BYTES; i++) {
            step();
        }
        return bytes;
    }

    private void step() {
        switch (random.nextInt(9)) {
            case 0, 1 -> flipBits();
            case 2 -> overwrite();
            case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 4 -> replace(at(), chunk(), new byte[0]);
            case 5 -> duplicate();
            case 6 -> swap();
            case 7 -> splice();
            default -> putNumber();
        }
    }

    private int at() {
        return random.nextInt(Math.min(reach, bytes.length));
    }

    private int chunk() {
        return 1 + random.nextInt(random.nextBoolean() ? 8 : MAX_CHUNK);
    }

    private void flipBits() {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            bytes[at()] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private void overwrite() {
        int from = at();
        int to = Math.min(bytes.length, from + chunk());
        int kind = random.nextInt(3);
        for (int i = from; i < to; i++) {
            bytes[i] = (byte) (kind == 0 ? 0 : kind == 1 ? 0xFF : random.nextInt(256));
        }
    }

    private void duplicate() {
        int from = at();
        byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk()));
        replace(at(), 0, chunk);
    }

    private void swap() {
        int length = Math.min(chunk(), bytes.length / 2);
        int a = random.nextInt(bytes.length - length + 1);
        int b = random.nextInt(bytes.length - length + 1);
        byte[] first = Arrays.copyOfRange(bytes, a, a + length);
        System.arraycopy(bytes, b, bytes, a, length);
        System.arraycopy(first, 0, bytes, b, length);
    }

    private void splice() {
        byte[] donor = samples.get(random.nextInt(samples.size()));
        int from = random.nextInt(donor.length);
        byte[] chunk = Arrays.copyOfRange(donor, from, Math.min(donor.length, from + chunk()));
        replace(at(), random.nextBoolean() ? chunk.length : 0, chunk);
    }

    private void putNumber() {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        if (random.nextInt(4) == 0) {
            number = bytes.length - 2 + random.nextInt(4);
        }
        int width = 1 << random.nextInt(3);
        int at = at();
        boolean littleEndian = random.nextBoolean();
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            int shift = 8 * (littleEndian ? i : width - 1 - i);
            bytes[at + i] = (byte) (number >>> shift);
        }
    }

    private void replace(int at, int length, byte[] with) {
        int end = Math.min(bytes.length, at + length);
        byte[] out = new byte[at + with.length + bytes.length - end];
        System.arraycopy(bytes, 0, out, 0, at);
        System.arraycopy(with, 0, out, at, with.length);
        System.arraycopy(bytes, end, out, at + with.length, bytes.length - end);
        bytes = out;
    }
}
