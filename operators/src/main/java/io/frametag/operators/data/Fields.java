package io.frametag.operators.data;

import io.frametag.models.ModelId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of a value are laid out: lengths as four bytes, text as UTF-8, numbers big-endian,
 * sets and maps in order so that equal values give equal bytes.
 *
 * <p>Every length is bounded, both ways, before anything is allocated: corrupt state ends in an
 * {@link IOException} that says so, not in an OutOfMemoryError.
 */
@Internal
public final class Fields {

    /** Longest text, in bytes. */
    static final int MAX_TEXT = 1 << 20;

    /** Most bytes of one picture. */
    static final int MAX_BYTES = 64 << 20;

    /** Most elements of a list, a map or a vector. */
    static final int MAX_ELEMENTS = 1 << 20;

    private Fields() {}

    public static void writeText(String text, DataOutputView out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeLength(bytes.length, MAX_TEXT, "text", out);
        out.write(bytes);
    }

    public static String readText(DataInputView in) throws IOException {
        byte[] bytes = new byte[readLength(MAX_TEXT, "text", in)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public static void writeOptionalText(@Nullable String text, DataOutputView out)
            throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            writeText(text, out);
        }
    }

    public static @Nullable String readOptionalText(DataInputView in) throws IOException {
        return in.readBoolean() ? readText(in) : null;
    }

    public static void writeOptionalBytes(byte @Nullable [] bytes, DataOutputView out)
            throws IOException {
        out.writeBoolean(bytes != null);
        if (bytes != null) {
            writeBytes(bytes, out);
        }
    }

    public static byte @Nullable [] readOptionalBytes(DataInputView in) throws IOException {
        return in.readBoolean() ? readBytes(in) : null;
    }

    static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        writeLength(bytes.length, MAX_BYTES, "bytes", out);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[readLength(MAX_BYTES, "bytes", in)];
        in.readFully(bytes);
        return bytes;
    }

    public static void writeVector(float[] vector, DataOutputView out) throws IOException {
        writeLength(vector.length, MAX_ELEMENTS, "vector", out);
        for (float value : vector) {
            out.writeFloat(value);
        }
    }

    public static float[] readVector(DataInputView in) throws IOException {
        float[] vector = new float[readLength(MAX_ELEMENTS, "vector", in)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = in.readFloat();
        }
        return vector;
    }

    static void writeTexts(Collection<String> texts, DataOutputView out) throws IOException {
        writeCount(texts.size(), out);
        for (String text : texts) {
            writeText(text, out);
        }
    }

    static List<String> readTexts(DataInputView in) throws IOException {
        int count = readCount(in);
        List<String> texts = new ArrayList<>(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    static void writeSet(Collection<String> texts, DataOutputView out) throws IOException {
        writeTexts(new TreeSet<>(texts), out);
    }

    static void writeAttributes(Map<String, String> attributes, DataOutputView out)
            throws IOException {
        writeCount(attributes.size(), out);
        for (Map.Entry<String, String> entry : new TreeMap<>(attributes).entrySet()) {
            writeText(entry.getKey(), out);
            writeText(entry.getValue(), out);
        }
    }

    static Map<String, String> readAttributes(DataInputView in) throws IOException {
        int count = readCount(in);
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            attributes.put(readText(in), readText(in));
        }
        return attributes;
    }

    public static void writeCounts(Map<String, Long> counts, DataOutputView out)
            throws IOException {
        writeCount(counts.size(), out);
        for (Map.Entry<String, Long> entry : new TreeMap<>(counts).entrySet()) {
            writeText(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
    }

    public static Map<String, Long> readCounts(DataInputView in) throws IOException {
        int count = readCount(in);
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            counts.put(readText(in), in.readLong());
        }
        return counts;
    }

    /** In layout 1 of those that have it, one number: the sampling went by the rate alone. */
    public static Map<String, Long> readSampledOut(int version, DataInputView in)
            throws IOException {
        return version < 2 ? SampledOut.of(SampledOut.RATE, in.readLong()) : readCounts(in);
    }

    public static void writeModel(ModelId model, DataOutputView out) throws IOException {
        writeText(model.name(), out);
        writeText(model.contentHash(), out);
    }

    public static ModelId readModel(DataInputView in) throws IOException {
        return new ModelId(readText(in), readText(in));
    }

    public static void writeState(StreamState state, DataOutputView out) throws IOException {
        writeText(state.id(), out);
    }

    public static StreamState readState(DataInputView in) throws IOException {
        String id = readText(in);
        for (StreamState state : StreamState.values()) {
            if (state.id().equals(id)) {
                return state;
            }
        }
        throw new IOException("stream state (" + id + ") is not known: the state is corrupt");
    }

    /** Writes how many elements follow. */
    public static void writeCount(int count, DataOutputView out) throws IOException {
        writeLength(count, MAX_ELEMENTS, "list", out);
    }

    /** Reads how many elements follow. */
    public static int readCount(DataInputView in) throws IOException {
        return readLength(MAX_ELEMENTS, "list", in);
    }

    private static void writeLength(int length, int most, String what, DataOutputView out)
            throws IOException {
        if (length > most) {
            throw new IOException(what + " of length " + length + " must be <= " + most);
        }
        out.writeInt(length);
    }

    private static int readLength(int most, String what, DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > most) {
            throw new IOException(
                    what + " of length " + length + " must be <= " + most + ": state is corrupt");
        }
        return length;
    }
}
