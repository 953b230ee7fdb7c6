package io.frametag.models;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files an ONNX graph keeps its weights in, and which operators it has. Walks the protobuf
 * message instead of parsing it, so that weights inside the graph are skipped, not held in memory.
 * Covers every place where a tensor may stand: initializers, attributes, subgraphs, functions,
 * training graphs.
 */
final class OnnxGraphFile {

    private static final int MAX_DEPTH = 64;

    /** The messages of onnx.proto that may lead to a reference. */
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        TRAINING,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR,
        ENTRY
    }

    /** By message and field number: the message that the field holds. */
    private static final Map<Message, Map<Integer, Message>> FIELDS =
            Map.of(
                    Message.MODEL,
                    Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
                    Message.GRAPH,
                    Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
                    Message.FUNCTION,
                    Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
                    Message.TRAINING,
                    Map.of(1, Message.GRAPH, 2, Message.GRAPH),
                    Message.NODE,
                    Map.of(5, Message.ATTRIBUTE),
                    Message.ATTRIBUTE,
                    Map.of(
                            5,
                            Message.TENSOR,
                            6,
                            Message.GRAPH,
                            10,
                            Message.TENSOR,
                            11,
                            Message.GRAPH,
                            22,
                            Message.SPARSE_TENSOR,
                            23,
                            Message.SPARSE_TENSOR),
                    Message.SPARSE_TENSOR,
                    Map.of(1, Message.TENSOR, 2, Message.TENSOR),
                    Message.TENSOR,
                    Map.of(13, Message.ENTRY),
                    Message.ENTRY,
                    Map.of());

    private final CodedInputStream input;
    private final Set<String> locations = new LinkedHashSet<>();
    private final Set<String> operators = new LinkedHashSet<>();

    private OnnxGraphFile(CodedInputStream input) {
        this.input = input;
    }

    /** Reads a graph file. */
    static OnnxGraphFile read(Path graph) throws ModelException, IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(graph), 1 << 16)) {
            OnnxGraphFile walk = new OnnxGraphFile(CodedInputStream.newInstance(stream));
            walk.message(Message.MODEL, 0);
            return walk;
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException(graph + " is not an ONNX file; import the model again", e);
        }
    }

    /** The distinct files as the graph spells them, in order of appearance. */
    List<String> locations() {
        return List.copyOf(locations);
    }

    /** The distinct names of its operators. */
    Set<String> operators() {
        return Collections.unmodifiableSet(operators);
    }

    private void message(Message message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("nested deeper than " + MAX_DEPTH);
        }
        Map<Integer, Message> fields = FIELDS.getOrDefault(message, Map.of());
        String key = null;
        String value = null;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            boolean delimited =
                    WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            Message inner = fields.get(field);
            if (delimited && inner != null) {
                nested(inner, depth + 1);
            } else if (delimited && message == Message.ENTRY && field == 1) {
                key = input.readString();
            } else if (delimited && message == Message.ENTRY && field == 2) {
                value = input.readString();
            } else if (delimited && message == Message.NODE && field == 4) {
                operators.add(input.readString());
            } else if (!input.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that never began");
            }
        }
        remember(key, value);
    }

    private void nested(Message message, int depth) throws IOException {
        int limit = input.pushLimit(input.readRawVarint32());
        message(message, depth);
        input.popLimit(limit);
    }

    private void remember(@Nullable String key, @Nullable String value) {
        if ("location".equals(key) && value != null) {
            locations.add(value);
        }
    }
}
