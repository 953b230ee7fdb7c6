package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes an ONNX graph. Weights go to a data file beside it as they come, so that memory holds no
 * more than one tensor; the graph itself stays small, far from protobuf's 2 GiB. Not thread-safe;
 * owns the data file.
 */
final class OnnxGraph implements AutoCloseable {

    /** The first operator set with a GELU. */
    private static final int OPERATOR_SET = 20;

    /** The domain of the operators that ONNX Runtime adds to ONNX. */
    private static final String RUNTIME_DOMAIN = "com.microsoft";

    /** Stands for an optional input that is left out. */
    static final String ABSENT = "";

    private static final int IR_VERSION = 9;

    /** Smaller tensors stay in the graph. */
    private static final int MIN_EXTERNAL_BYTES = 1024;

    private final Path graphFile;
    private final WeightsFile weights;
    private final RealType reals;
    private final GraphProto.Builder graph;
    private int nodes;
    private boolean runtimeOperators;

    /** A graph in float32. */
    OnnxGraph(String name, Path graphFile) throws IOException {
        this(name, graphFile, RealType.FLOAT32);
    }

    /**
     * @param reals in which the graph computes; inputs and outputs are float32 in any
     */
    OnnxGraph(String name, Path graphFile, RealType reals) throws IOException {
        this.graphFile = graphFile;
        this.reals = reals;
        this.weights = new WeightsFile(graphFile.resolveSibling(graphFile.getFileName() + ".data"));
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /** Declares the input; the first dimension is the batch's. */
    String input(String name, TensorProto.DataType type, long... rest) {
        graph.addInput(value(name, type, rest));
        return name;
    }

    /** Declares that value as the output under a name of its own. */
    void output(String value, String name, long... rest) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, rest));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, long... rest) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (long dimension : rest) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** A float32 value as one of the graph's own real numbers. */
    String real(String value) {
        return cast(value, reals.onnx());
    }

    /** One of the graph's own real numbers as a float32 value. */
    String single(String value) {
        return cast(value, TensorProto.DataType.FLOAT);
    }

    private String cast(String value, TensorProto.DataType to) {
        return reals == RealType.FLOAT32
                ? value
                : node("Cast", List.of(value), attribute("to", to.getNumber()));
    }

    /** Adds a constant of the graph's own real numbers. */
    String floats(String name, double[] values, long... shape) throws IOException {
        return floats(reals, name, values, shape);
    }

    /** Adds a constant of float32, whatever the graph computes in. */
    String singles(String name, double[] values, long... shape) throws IOException {
        return floats(RealType.FLOAT32, name, values, shape);
    }

    private String floats(RealType type, String name, double[] values, long... shape)
            throws IOException {
        if ((long) values.length * type.bytes() < MIN_EXTERNAL_BYTES) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(values.length * type.bytes())
                            .order(ByteOrder.LITTLE_ENDIAN);
            for (double value : values) {
                type.put(value, bytes);
            }
            TensorProto.Builder tensor = tensor(name, type.onnx(), shape);
            graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.flip())));
            return name;
        }
        long offset = weights.begin();
        for (double value : values) {
            weights.put(value, type);
        }
        return external(name, type.onnx(), offset, shape);
    }

    /** Adds a constant of type int8 or uint8. */
    String bytes(String name, TensorProto.DataType type, byte[] values, long... shape)
            throws IOException {
        if (values.length < MIN_EXTERNAL_BYTES) {
            TensorProto.Builder tensor = tensor(name, type, shape);
            graph.addInitializer(tensor.setRawData(ByteString.copyFrom(values)));
            return name;
        }
        long offset = weights.begin();
        for (byte value : values) {
            weights.put(value);
        }
        return external(name, type, offset, shape);
    }

    /** Adds a vector of one value. */
    String filled(String name, double value, int length) throws IOException {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return floats(name, values, length);
    }

    /** Produces the elements of a constant, in order. */
    interface Elements {
        void writeTo(Safetensors.ElementSink sink) throws IOException, ModelException;
    }

    /** Adds a constant of the graph's own real numbers that is never held in memory. */
    String floats(String name, Elements elements, long... shape)
            throws IOException, ModelException {
        long offset = weights.begin();
        elements.writeTo(value -> weights.put(value, reals));
        return external(name, reals.onnx(), offset, shape);
    }

    private String external(String name, TensorProto.DataType type, long offset, long... shape) {
        TensorProto.Builder tensor = tensor(name, type, shape);
        tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", weights.name()))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(weights.position() - offset)));
        graph.addInitializer(tensor);
        return name;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static TensorProto.Builder tensor(
            String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    /** Adds a list of int64, such as a shape or axes, and gives its name; equal lists share one. */
    String longs(long... values) {
        StringBuilder name = new StringBuilder("longs");
        for (long value : values) {
            name.append('_').append(value);
        }
        boolean known =
                graph.getInitializerList().stream().anyMatch(t -> t.getName().contentEquals(name));
        if (!known) {
            TensorProto.Builder tensor =
                    tensor(name.toString(), TensorProto.DataType.INT64, values.length);
            for (long value : values) {
                tensor.addInt64Data(value);
            }
            graph.addInitializer(tensor);
        }
        return name.toString();
    }

    /** Adds an operator of one output and gives the output's name. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, inputs, 1, attributes).get(0);
    }

    /** Adds an operator of several outputs and gives their names. */
    List<String> node(
            String operator, List<String> inputs, int outputs, AttributeProto... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    /** Adds an operator of ONNX Runtime's own, of one output, and gives the output's name. */
    String runtimeNode(String operator, List<String> inputs, AttributeProto... attributes) {
        runtimeOperators = true;
        return node(RUNTIME_DOMAIN, operator, inputs, 1, attributes).get(0);
    }

    private List<String> node(
            String domain,
            String operator,
            List<String> inputs,
            int outputs,
            AttributeProto... attributes) {
        String name = operator.toLowerCase(Locale.ROOT) + "_" + nodes++;
        List<String> names =
                IntStream.range(0, outputs)
                        .mapToObj(i -> outputs == 1 ? name : name + "_" + i)
                        .toList();
        NodeProto.Builder node =
                NodeProto.newBuilder()
                        .setName(name)
                        .setOpType(operator)
                        .addAllInput(inputs)
                        .addAllOutput(names)
                        .addAllAttribute(List.of(attributes));
        if (!domain.isEmpty()) {
            node.setDomain(domain);
        }
        graph.addNode(node);
        return names;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    /** Writes the graph; the weights are written already. */
    void write() throws IOException {
        weights.close();
        ModelProto.Builder model =
                ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("frametag")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                        .setGraph(graph);
        if (runtimeOperators) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(RUNTIME_DOMAIN).setVersion(1));
        }
        try (OutputStream out = Files.newOutputStream(graphFile)) {
            model.build().writeTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        weights.close();
    }
}
