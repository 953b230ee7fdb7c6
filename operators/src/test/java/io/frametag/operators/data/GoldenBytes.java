package io.frametag.operators.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that each release wrote. With the system property {@code frametag.golden.write} set to
 * a folder, those of the release at hand are written there; they are then committed.
 */
public final class GoldenBytes {

    private static final @Nullable String WRITE = System.getProperty("frametag.golden.write");

    private GoldenBytes() {}

    /** Checks that the bytes are written the same today and still read. */
    public static <T> void check(String release, String name, TypeSerializer<T> serializer, T value)
            throws IOException {
        if (WRITE != null) {
            String hex = HexFormat.of().formatHex(toBytes(serializer, value));
            Files.writeString(Path.of(WRITE, name + ".hex"), hex + "\n");
            return;
        }
        checkRead(release, name, serializer, value);
        assertThat(toBytes(serializer, value)).isEqualTo(read(release, name));
    }

    /** Checks that the bytes are still read, where a later release writes others. */
    public static <T> void checkRead(
            String release, String name, TypeSerializer<T> serializer, T value) throws IOException {
        byte[] golden = read(release, name);
        assertThat(fromBytes(serializer, golden)).usingRecursiveComparison().isEqualTo(value);
    }

    static boolean exist(String release, String name) {
        return GoldenBytes.class.getResource(file(release, name)) != null;
    }

    private static String file(String release, String name) {
        return "golden/" + release + "/" + name + ".hex";
    }

    private static byte[] read(String release, String name) throws IOException {
        String file = file(release, name);
        try (InputStream in = GoldenBytes.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.trim());
        }
    }

    static <T> byte[] toBytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    static <T> T fromBytes(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }
}
