package io.frametag.models.importer;

import io.frametag.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file, read tensor by tensor. The header is checked in full when the file is opened:
 * a tensor that it names lies in the file and overlaps no other.
 *
 * <p>Tensors are read in chunks with positioned reads, not mapped, so that files past 2 GiB cost no
 * memory and one cut short during the import gives an error instead of killing the process. Not
 * thread-safe. It owns the open file.
 */
final class Safetensors implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, TensorInfo> tensors;
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Takes a tensor's elements in order. */
    interface ElementSink {
        void accept(float value) throws IOException;
    }

    private Safetensors(Path file, FileChannel channel, Map<String, TensorInfo> tensors) {
        this.file = file;
        this.channel = channel;
        this.tensors = tensors;
    }

    static Safetensors open(Path file) throws ModelException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("checkpoint " + file + " does not exist");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return new Safetensors(file, channel, SafetensorsHeader.read(file, channel));
        } catch (IOException e) {
            close(channel);
            throw unreadable(file, e);
        } catch (ModelException e) {
            close(channel);
            throw e;
        }
    }

    private static void close(@Nullable FileChannel channel) throws ModelException {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new ModelException("a checkpoint did not close: " + e, e);
            }
        }
    }

    private static ModelException unreadable(Path file, IOException e) {
        return new ModelException("checkpoint " + file + " can't be read: " + e, e);
    }

    Path file() {
        return file;
    }

    Set<String> names() {
        return tensors.keySet();
    }

    Optional<TensorInfo> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    TensorInfo get(String name) throws ModelException {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new ModelException(
                    "checkpoint "
                            + file
                            + " has no tensor "
                            + name
                            + "; check that it is the architecture's own");
        }
        return info;
    }

    /** Reads a tensor to the heap. */
    float[] read(TensorInfo tensor) throws ModelException {
        if (tensor.elements() > Integer.MAX_VALUE - 8) {
            throw new ModelException("tensor " + tensor.name() + " is too large to fold");
        }
        float[] values = new float[(int) tensor.elements()];
        int[] next = {0};
        stream(tensor, value -> values[next[0]++] = value);
        return values;
    }

    /** Hands a tensor's elements on without holding it. */
    void stream(TensorInfo tensor, ElementSink sink) throws ModelException {
        long position = tensor.offset();
        long end = position + tensor.bytes();
        try {
            while (position < end) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, end - position));
                while (chunk.hasRemaining()) {
                    int count = channel.read(chunk, position + chunk.position());
                    if (count < 0) {
                        throw new IOException("it ends inside tensor " + tensor.name());
                    }
                }
                position += chunk.flip().limit();
                while (chunk.hasRemaining()) {
                    sink.accept(tensor.type().next(chunk));
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() throws ModelException {
        close(channel);
    }
}
