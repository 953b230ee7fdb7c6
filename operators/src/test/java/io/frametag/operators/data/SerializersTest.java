package io.frametag.operators.data;

import static io.frametag.operators.data.GoldenBytes.fromBytes;
import static io.frametag.operators.data.GoldenBytes.toBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SerializersTest {

    private static Stream<Map.Entry<String, Object>> values() {
        return SampleValues.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsWhatItWrote(Map.Entry<String, Object> sample) throws IOException {
        Object value = sample.getValue();
        TypeSerializer<Object> serializer = serializer(value.getClass());

        Object read = fromBytes(serializer, toBytes(serializer, value));

        assertThat(read).usingRecursiveComparison().isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void keepsTheNewestLayoutAndReadsTheOlder(Map.Entry<String, Object> sample) throws IOException {
        String name = sample.getKey();
        Object value = sample.getValue();
        TypeSerializer<Object> serializer = serializer(value.getClass());

        boolean changed = !GoldenBytes.exist("0.1", name) || GoldenBytes.exist("0.2", name);
        GoldenBytes.check(changed ? "0.2" : "0.1", name, serializer, value);
        if (GoldenBytes.exist("0.1", name)) {
            GoldenBytes.checkRead("0.1", name, serializer, value);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void cutShortItFailsWithAnIoException(Map.Entry<String, Object> sample) throws IOException {
        TypeSerializer<Object> serializer = serializer(sample.getValue().getClass());
        byte[] bytes = toBytes(serializer, sample.getValue());

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> fromBytes(serializer, cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void unionsKeepWhichTheyAre() throws IOException {
        for (Map.Entry<Object, Class<?>> sample : SampleValues.unions().entrySet()) {
            TypeSerializer<Object> serializer = serializer(sample.getValue());

            Object read = fromBytes(serializer, toBytes(serializer, sample.getKey()));

            assertThat(read).usingRecursiveComparison().isEqualTo(sample.getKey());
        }
    }

    @Test
    void pixelsAreWrittenAsJpeg() throws IOException {
        byte[] rgb = new byte[3 * 640 * 480];
        Arrays.fill(rgb, (byte) 200);
        Frame frame = Frame.decoded("cam", 1, 2, 3, new Picture(640, 480, rgb));
        TypeSerializer<Object> serializer = serializer(Frame.class);

        byte[] bytes = toBytes(serializer, frame);
        Frame read = (Frame) fromBytes(serializer, bytes);

        assertThat(bytes.length).isLessThan(rgb.length / 20);
        assertThat(read.picture()).isNull();
        assertThat(read.codec()).isEqualTo(PictureCodec.JPEG);
        assertThat(PictureCodec.detect(read.bytes())).contains(PictureCodec.JPEG);
    }

    @Test
    void aCopyIsTheValueItself() {
        Object frame = SampleValues.all().get("frame");

        assertThat(serializer(Frame.class).copy(frame)).isSameAs(frame);
        assertThat(serializer(Frame.class).isImmutableType()).isTrue();
    }

    @Test
    void corruptLengthsAreRefusedBeforeAnythingIsAllocated() {
        byte[] bytes = HexFormat.of().parseHex("01" + "7fffffff");

        assertThatThrownBy(() -> fromBytes(serializer(Frame.class), bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text of length 2147483647 must be <=");
    }

    @Test
    void layoutsOfNewerReleasesAreRefused() {
        assertThatThrownBy(() -> fromBytes(serializer(Tag.class), new byte[] {2}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reads layouts 1 to 1 but found 2");
    }

    @Test
    void savepointsFindTheSerializerAgain() throws IOException {
        TypeSerializer<Object> serializer = serializer(StreamItem.class);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<Object> read =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(read.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(read)
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(
                        serializer(Tag.class)
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(read)
                                .isIncompatible())
                .isTrue();
    }

    @SuppressWarnings("unchecked") // values of all types in one test
    private static TypeSerializer<Object> serializer(Class<?> type) {
        TypeInformation<Object> information = TypeInformation.of((Class<Object>) type);
        assertThat(information).isInstanceOf(VersionedTypeInfo.class);
        return information.createSerializer(new SerializerConfigImpl());
    }
}
