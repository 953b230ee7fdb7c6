package io.frametag.models.importer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a safetensors file, float32 and int64, in one pass: the header first, then the elements as
 * they come. Used for synthetic checkpoints. Not thread-safe; owns the open file.
 */
public final class SafetensorsWriter implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final FileChannel channel;
    private final long expectedBytes;
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    /**
     * A tensor to come.
     *
     * @param integer whether its elements are int64, not float32
     */
    public record Entry(String name, boolean integer, List<Long> shape) {

        public Entry {
            shape = List.copyOf(shape);
        }

        /** The number of elements. */
        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }

        long bytes() {
            return elements() * (integer ? Long.BYTES : Float.BYTES);
        }
    }

    /** Creates the file and writes the header; elements follow in the order of the entries. */
    public SafetensorsWriter(Path file, List<Entry> entries) throws IOException {
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ObjectNode header = new ObjectMapper().createObjectNode();
        long offset = 0;
        for (Entry entry : entries) {
            ObjectNode tensor = header.putObject(entry.name());
            tensor.put("dtype", entry.integer() ? "I64" : "F32");
            entry.shape().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(offset).add(offset + entry.bytes());
            offset += entry.bytes();
        }
        this.expectedBytes = offset;
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padding = -json.length & 7;
        drain(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length + padding));
        drain(ByteBuffer.allocate(json.length).put(json));
        drain(
                ByteBuffer.allocate(padding)
                        .put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Appends an element of a float32 tensor. */
    public void put(float value) throws IOException {
        room(Float.BYTES).putFloat(value);
    }

    /** Appends an element of an int64 tensor. */
    public void put(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (chunk.remaining() < bytes) {
            drain(chunk);
        }
        written += bytes;
        return chunk;
    }

    private void drain(ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /**
     * Writes what is left and closes the file.
     *
     * @throws IOException also if elements are missing or too many
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            drain(chunk);
            if (written != expectedBytes) {
                throw new IOException(written + " of " + expectedBytes + " bytes were written");
            }
        }
    }
}
