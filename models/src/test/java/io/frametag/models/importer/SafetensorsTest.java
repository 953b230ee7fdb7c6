package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {

    @TempDir Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("c.safetensors"), bytes);
    }

    private Path file(String header, byte... data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return file(all.putLong(json.length).put(json).put(data).array());
    }

    private static void refused(Path file, String... parts) {
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Path file = folder.resolve("w.safetensors");
        var entries =
                List.of(
                        new SafetensorsWriter.Entry("a", false, List.of(2L, 3L)),
                        new SafetensorsWriter.Entry("count", true, List.of()),
                        new SafetensorsWriter.Entry("empty", false, List.of(0L)),
                        new SafetensorsWriter.Entry("b", false, List.of(1L)));
        try (SafetensorsWriter writer = new SafetensorsWriter(file, entries)) {
            for (int i = 0; i < 6; i++) {
                writer.put(i / 2f);
            }
            writer.put(41L);
            writer.put(-1f);
        }
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("a", "count", "empty", "b");
            assertThat(read.get("a").shape()).containsExactly(2L, 3L);
            assertThat(read.read(read.get("a"))).containsExactly(0, .5f, 1, 1.5f, 2, 2.5f);
            assertThat(read.read(read.get("count"))).containsExactly(41);
            assertThat(read.read(read.get("empty"))).isEmpty();
            assertThat(read.read(read.get("b"))).containsExactly(-1);
            assertThatThrownBy(() -> read.get("c"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("has no tensor c");
        }
    }

    @Test
    void anUnfinishedFileIsAnError() throws Exception {
        var entries = List.of(new SafetensorsWriter.Entry("a", false, List.of(2L)));
        var writer = new SafetensorsWriter(folder.resolve("w"), entries);
        writer.put(1f);
        assertThatThrownBy(writer::close).hasMessage("4 of 8 bytes were written");
    }

    @Test
    void halvesAreReadExactly() throws Exception {
        Path file =
                file(
                        "{\"h\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[10,14]},"
                                + "\"__metadata__\":{\"format\":\"pt\"}}",
                        bytes(0x3C00, 0xC000, 0x0001, 0x7BFF, 0x3555, 0x3F80, 0xC040));
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.read(read.get("h")))
                    .containsExactly(1, -2, 0x1p-24f, 65504, 0.33325195f);
            assertThat(read.read(read.get("b"))).containsExactly(1, -3);
        }
        assertThat(ElementType.half((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(ElementType.half((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(ElementType.half((short) 0x7E00)).isNaN();
    }

    private static byte[] bytes(int... halves) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * halves.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int half : halves) {
            bytes.putShort((short) half);
        }
        return bytes.array();
    }

    @Test
    void picklesAreRefusedWithTheReason() throws Exception {
        refused(file(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 8, 8}), "is a pickle", "can run code");
        refused(
                file(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 0x0a, 0x6c, (byte) 0xfc, 0x46, 1}),
                "is a pickle",
                "can run code");
        refused(file(new byte[] {(byte) 0x80, 4}), "is a pickle");
    }

    @Test
    void filesThatEndEarlyAreRefused() throws Exception {
        refused(folder.resolve("none"), "does not exist");
        refused(file(new byte[0]), "it has 0 bytes");
        refused(file(new byte[] {1, 2, 3}), "it has 3 bytes");
        refused(
                file(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(50).array()),
                "its header can't have 50 bytes");
        refused(file(ByteBuffer.allocate(8).putLong(-1).array()), "its header can't have -1 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9]}} | at bytes 0 to 9 of 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | at bytes 8 to 0 of 8",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | shape [3] can't have 8 bytes",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | has the number -2",
                "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,8]}} | has the number 1.5",
                "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | no proper shape",
                "{'a':{'dtype':'F32','shape':[2]}} | no proper shape or data_offsets",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | has no data_offsets",
                "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | has type 'F8_E4M3'",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296,4294967296],'data_offsets':[0,8]}} | has the shape",
                "{'a':{'dtype':'F32','shape':[4611686018427387905,2],'data_offsets':[0,8]}} | has the shape",
                "{'a':{'dtype':'F32','shape':[4611686018427387906],'data_offsets':[0,8]}} | can't have 8 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | tensor b overlaps a",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | bytes before tensor a belong to none",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | bytes after tensor a belong to none",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | Duplicate field 'a'",
                "{'a':7} | has type ''",
                "[] | no JSON object",
                "{'a': | not a whole safetensors file",
                "{} {} | not a whole safetensors file",
            })
    void hostileHeadersAreRefused(String header, String message) throws Exception {
        refused(file(header.replace('\'', '"'), new byte[8]), message);
    }
}
