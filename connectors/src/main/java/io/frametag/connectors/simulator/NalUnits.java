package io.frametag.connectors.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes NAL units out of the two forms in which containers keep them: with start codes (ITU-T H.264
 * and H.265, annex B) or with lengths before them (ISO/IEC 14496-15).
 */
final class NalUnits {

    private NalUnits() {}

    /**
     * The units of one packet.
     *
     * @param lengthBytes of the length before each unit; 0 for start codes
     */
    static List<byte[]> split(byte[] packet, int lengthBytes) {
        return lengthBytes == 0 ? byStartCodes(packet) : byLengths(packet, lengthBytes);
    }

    private static List<byte[]> byLengths(byte[] packet, int lengthBytes) {
        List<byte[]> units = new ArrayList<>();
        int at = 0;
        while (at + lengthBytes <= packet.length) {
            int length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | packet[at + i] & 0xff;
            }
            at += lengthBytes;
            if (length < 0 || length > packet.length - at) {
                break;
            }
            add(units, packet, at, at + length);
            at += length;
        }
        return units;
    }

    private static List<byte[]> byStartCodes(byte[] packet) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < packet.length; i++) {
            if (packet[i] == 0 && packet[i + 1] == 0 && packet[i + 2] == 1) {
                if (start >= 0) {
                    add(units, packet, start, i);
                }
                start = i + 3;
                i += 2;
            }
        }
        if (start >= 0) {
            add(units, packet, start, packet.length);
        }
        return units;
    }

    /** Zeros at the end belong to the next start code: no unit ends with one. */
    private static void add(List<byte[]> units, byte[] packet, int from, int to) {
        int end = to;
        while (end > from && packet[end - 1] == 0) {
            end--;
        }
        if (end > from) {
            units.add(Arrays.copyOfRange(packet, from, end));
        }
    }

    /**
     * What a container says about its stream beside the packets.
     *
     * @param parameterSets in the order in which a decoder needs them
     * @param lengthBytes of the length before each unit of a packet; 0 for start codes
     */
    record Header(List<byte[]> parameterSets, int lengthBytes) {

        static Header parse(VideoCodec codec, byte[] extra) {
            boolean isRecord = extra.length > 6 && extra[0] == 1;
            if (!isRecord) {
                List<byte[]> units = byStartCodes(extra);
                units.removeIf(unit -> !codec.isParameterSet(unit));
                return new Header(units, 0);
            }
            return codec == VideoCodec.H264 ? avc(extra) : hevc(extra);
        }

        /** AVCDecoderConfigurationRecord. */
        private static Header avc(byte[] extra) {
            List<byte[]> sets = new ArrayList<>();
            int at = sets(extra, 6, extra[5] & 0x1f, sets);
            if (at < extra.length) {
                sets(extra, at + 1, extra[at] & 0xff, sets);
            }
            return new Header(sets, (extra[4] & 3) + 1);
        }

        /** HEVCDecoderConfigurationRecord. */
        private static Header hevc(byte[] extra) {
            List<byte[]> sets = new ArrayList<>();
            int arrays = extra.length > 22 ? extra[22] & 0xff : 0;
            int at = 23;
            for (int i = 0; i < arrays && at + 3 <= extra.length; i++) {
                at = sets(extra, at + 3, uint16(extra, at + 1), sets);
            }
            sets.removeIf(unit -> !VideoCodec.HEVC.isParameterSet(unit));
            return new Header(sets, (extra[21] & 3) + 1);
        }

        private static int sets(byte[] extra, int from, int count, List<byte[]> sets) {
            int at = from;
            for (int i = 0; i < count && at + 2 <= extra.length; i++) {
                int length = uint16(extra, at);
                at += 2;
                if (length > extra.length - at) {
                    return extra.length;
                }
                sets.add(Arrays.copyOfRange(extra, at, at + length));
                at += length;
            }
            return at;
        }

        private static int uint16(byte[] bytes, int at) {
            return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        }
    }
}
