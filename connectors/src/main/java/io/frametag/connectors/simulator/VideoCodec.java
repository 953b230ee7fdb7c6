package io.frametag.connectors.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What differs between the codecs: how units are typed, cut into packets and described. */
enum VideoCodec {
    /** RFC 6184. */
    H264("H264", 1, 28) {
        @Override
        int type(byte[] unit) {
            return unit[0] & 0x1f;
        }

        @Override
        boolean isParameterSet(byte[] unit) {
            return type(unit) == 7 || type(unit) == 8;
        }

        @Override
        void putFragmentHeader(ByteBuffer packet, byte[] unit) {
            packet.put((byte) (unit[0] & 0xe0 | fragmentType));
        }

        @Override
        String description(List<byte[]> parameterSets) {
            StringBuilder line = new StringBuilder("packetization-mode=1");
            byte[] sps = parameterSets.get(0);
            if (type(sps) == 7 && sps.length > 3) {
                line.append("; profile-level-id=");
                for (int i = 1; i <= 3; i++) {
                    line.append(String.format(Locale.ROOT, "%02X", sps[i]));
                }
            }
            return line.append("; sprop-parameter-sets=").append(base64(parameterSets)).toString();
        }
    },

    /** RFC 7798. */
    HEVC("H265", 2, 49) {
        @Override
        int type(byte[] unit) {
            return unit[0] >> 1 & 0x3f;
        }

        @Override
        boolean isParameterSet(byte[] unit) {
            return type(unit) >= 32 && type(unit) <= 34;
        }

        @Override
        void putFragmentHeader(ByteBuffer packet, byte[] unit) {
            packet.put((byte) (unit[0] & 0x81 | fragmentType << 1)).put(unit[1]);
        }

        @Override
        String description(List<byte[]> parameterSets) {
            List<String> parts =
                    List.of(
                            "sprop-vps=" + base64(ofType(parameterSets, 32)),
                            "sprop-sps=" + base64(ofType(parameterSets, 33)),
                            "sprop-pps=" + base64(ofType(parameterSets, 34)));
            return String.join("; ", parts);
        }
    };

    /** Its name in a session description. */
    final String encodingName;

    /** How long the header of a unit is. */
    final int headerBytes;

    final int fragmentType;

    VideoCodec(String encodingName, int headerBytes, int fragmentType) {
        this.encodingName = encodingName;
        this.headerBytes = headerBytes;
        this.fragmentType = fragmentType;
    }

    abstract int type(byte[] unit);

    abstract boolean isParameterSet(byte[] unit);

    /** Writes the header of a packet that holds a part of that unit. */
    abstract void putFragmentHeader(ByteBuffer packet, byte[] unit);

    /** The format parameters of a session description. */
    abstract String description(List<byte[]> parameterSets);

    List<byte[]> ofType(List<byte[]> units, int type) {
        return units.stream().filter(unit -> type(unit) == type).toList();
    }

    static String base64(List<byte[]> units) {
        return units.stream()
                .map(unit -> Base64.getEncoder().encodeToString(unit))
                .collect(Collectors.joining(","));
    }

    static boolean same(List<byte[]> some, List<byte[]> others) {
        return Arrays.deepEquals(some.toArray(), others.toArray());
    }
}
