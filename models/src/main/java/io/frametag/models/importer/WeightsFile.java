package io.frametag.models.importer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The weights beside an ONNX graph: real numbers or bytes, little-endian, each tensor at a multiple
 * of a page, as ONNX Runtime needs it to map them. Not thread-safe; owns the open file.
 */
final class WeightsFile implements AutoCloseable {

    private static final int PAGE_BYTES = 4096;
    private static final int CHUNK_BYTES = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long position;

    WeightsFile(Path file) throws IOException {
        this.name = file.getFileName().toString();
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    String name() {
        return name;
    }

    /** Where the next element will stand. */
    long position() {
        return position;
    }

    /** Begins a tensor and gives its offset. */
    long begin() throws IOException {
        while (position % PAGE_BYTES != 0) {
            put((byte) 0);
        }
        return position;
    }

    void put(double value, RealType type) throws IOException {
        type.put(value, room(type.bytes()));
    }

    void put(byte value) throws IOException {
        room(Byte.BYTES).put(value);
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (chunk.remaining() < bytes) {
            drain();
        }
        position += bytes;
        return chunk;
    }

    private void drain() throws IOException {
        chunk.flip();
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
    }

    /** Writes what is left. Idempotent. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                drain();
            }
        }
    }
}
