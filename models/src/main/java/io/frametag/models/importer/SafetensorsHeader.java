package io.frametag.models.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the header of a safetensors file, which is taken for hostile. */
final class SafetensorsHeader {

    /** The format's own bound. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int MAX_RANK = 16;
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final long dataStart;
    private final long dataBytes;

    private SafetensorsHeader(Path file, long dataStart, long dataBytes) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataBytes = dataBytes;
    }

    static Map<String, TensorInfo> read(Path file, FileChannel channel)
            throws ModelException, IOException {
        long size = channel.size();
        ByteBuffer prefix = ByteBuffer.allocate((int) Math.min(8, size));
        readFully(channel, prefix, 0);
        refusePickle(file, prefix);
        if (size < 8) {
            throw invalid(file, "it has " + size + " bytes");
        }
        long headerBytes = prefix.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
            throw invalid(file, "its header can't have " + headerBytes + " bytes");
        }
        ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
        readFully(channel, header, 8);
        SafetensorsHeader reader =
                new SafetensorsHeader(file, 8 + headerBytes, size - 8 - headerBytes);
        return reader.parse(header.array());
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it ends early");
            }
        }
    }

    /** A {@code .pt} file is a zip of pickles or a pickle; unpickling runs what the file says. */
    private static void refusePickle(Path file, ByteBuffer prefix) throws ModelException {
        byte[] start = prefix.array();
        boolean zip = start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] <= 8;
        boolean pickle = start.length >= 2 && (start[0] & 0xFF) == 0x80 && start[1] <= 5;
        // A header of 0x0N80 bytes starts like a pickle too, but its length ends in zeros.
        boolean length = start.length == 8 && start[5] == 0 && start[6] == 0 && start[7] == 0;
        if (zip || (pickle && !length)) {
            throw new ModelException(
                    "checkpoint "
                            + file
                            + " is a pickle: only safetensors is read, since a pickle can run code;"
                            + " take the .safetensors file of the same model");
        }
    }

    private static ModelException invalid(Path file, String reason) {
        return new ModelException(
                "checkpoint %s is not a whole safetensors file (%s); download it again"
                        .formatted(file, reason));
    }

    private Map<String, TensorInfo> parse(byte[] header) throws ModelException, IOException {
        JsonNode root;
        try {
            root = JSON.readTree(header);
        } catch (JsonProcessingException e) {
            throw invalid(file, "header: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw invalid(file, "its header is no JSON object");
        }
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
            }
        }
        checkLayout(tensors);
        return tensors;
    }

    private TensorInfo tensor(String name, JsonNode entry) throws ModelException {
        String typeName = entry.path("dtype").asText();
        ElementType type =
                ElementType.named(typeName)
                        .orElseThrow(
                                () ->
                                        new ModelException(
                                                "tensor %s of %s has type '%s'; only F32, F16, BF16 and I64 are read"
                                                        .formatted(name, file, typeName)));
        List<Long> shape = longs(name, entry.path("shape"), MAX_RANK);
        List<Long> offsets = longs(name, entry.path("data_offsets"), 2);
        if (offsets.size() != 2) {
            throw invalid(file, "tensor " + name + " has no data_offsets");
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (begin > end || end > dataBytes) {
            throw invalid(
                    file,
                    "tensor %s is at bytes %d to %d of %d".formatted(name, begin, end, dataBytes));
        }
        long elements = elements(name, shape);
        if (elements > dataBytes || elements * type.bytes() != end - begin) {
            throw invalid(
                    file,
                    "tensor %s of type %s and shape %s can't have %d bytes"
                            .formatted(name, type, shape, end - begin));
        }
        return new TensorInfo(name, type, shape, dataStart + begin, elements);
    }

    private List<Long> longs(String name, JsonNode array, int max) throws ModelException {
        List<Long> values = new ArrayList<>();
        for (JsonNode value : array) {
            if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
                throw invalid(file, "tensor " + name + " has the number " + value);
            }
            values.add(value.asLong());
        }
        if (!array.isArray() || values.size() > max) {
            throw invalid(file, "tensor " + name + " has no proper shape or data_offsets");
        }
        return values;
    }

    private long elements(String name, List<Long> shape) throws ModelException {
        try {
            return shape.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw invalid(file, "tensor " + name + " has the shape " + shape);
        }
    }

    /** Every byte of data belongs to exactly one tensor. */
    private void checkLayout(Map<String, TensorInfo> tensors) throws ModelException {
        List<TensorInfo> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(TensorInfo::offset).thenComparing(TensorInfo::bytes));
        long end = dataStart;
        String before = "the header";
        for (TensorInfo tensor : ordered) {
            if (tensor.offset() < end) {
                throw invalid(file, "tensor " + tensor.name() + " overlaps " + before);
            }
            if (tensor.offset() > end) {
                throw invalid(file, "bytes before tensor " + tensor.name() + " belong to none");
            }
            end = tensor.offset() + tensor.bytes();
            before = tensor.name();
        }
        if (end != dataStart + dataBytes) {
            throw invalid(file, "bytes after tensor " + before + " belong to none");
        }
    }
}
