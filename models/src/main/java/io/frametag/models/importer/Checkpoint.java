package io.frametag.models.importer;

import io.frametag.models.ModelException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tensors of a checkpoint as the importer asks for them: shapes are checked, and what was asked
 * for is remembered, so that a tensor nobody asked for shows a layout that is not understood.
 */
final class Checkpoint {

    private final Safetensors file;
    private final ImportProgress progress;
    private final Set<String> used = new HashSet<>();
    private final long totalBytes;
    private long readBytes;
    private String part = "";

    Checkpoint(Safetensors file, ImportProgress progress) throws ModelException {
        this.file = file;
        this.progress = progress;
        long total = 0;
        for (String name : file.names()) {
            total += file.get(name).bytes();
        }
        this.totalBytes = Math.max(1, total);
    }

    /** Names what the next tensors are for, in progress reports. */
    void begin(String nextPart) {
        part = nextPart;
    }

    boolean has(String name) {
        return file.find(name).isPresent();
    }

    boolean hasAnyUnder(String prefix) {
        return file.names().stream().anyMatch(name -> name.startsWith(prefix));
    }

    ModelException broken(String reason) {
        return new ModelException(
                "checkpoint "
                        + file.file()
                        + " "
                        + reason
                        + "; check that it is the architecture's");
    }

    /** How many of {@code prefix0.}, {@code prefix1.}, … have tensors. */
    int count(String prefix) {
        int count = 0;
        while (hasAnyUnder(prefix + count + ".")) {
            count++;
        }
        return count;
    }

    /** The shape of a tensor of that rank. */
    List<Long> shape(String name, int rank) throws ModelException {
        TensorInfo info = file.get(name);
        if (info.rank() != rank || info.shape().contains(0L)) {
            throw broken(
                    "has tensor %s of shape %s, not of rank %d"
                            .formatted(name, info.shape(), rank));
        }
        if (info.shape().stream().anyMatch(d -> d > Integer.MAX_VALUE)) {
            throw broken("has tensor " + name + " of shape " + info.shape());
        }
        return info.shape();
    }

    int dimension(String name, int rank, int index) throws ModelException {
        return Math.toIntExact(shape(name, rank).get(index));
    }

    /** Reads a tensor of exactly that shape. */
    float[] read(String name, long... shape) throws ModelException {
        return file.read(use(name, shape));
    }

    /** Hands a tensor of exactly that shape on, element by element. */
    void stream(String name, Safetensors.ElementSink sink, long... shape) throws ModelException {
        file.stream(use(name, shape), sink);
    }

    private TensorInfo use(String name, long... shape) throws ModelException {
        TensorInfo info = file.get(name);
        long[] found = info.shape().stream().mapToLong(Long::longValue).toArray();
        if (!Arrays.equals(found, shape)) {
            throw broken(
                    "has tensor %s of shape %s, not %s"
                            .formatted(name, info.shape(), Arrays.toString(shape)));
        }
        if (used.add(name)) {
            readBytes += info.bytes();
        }
        progress.report(part, (double) readBytes / totalBytes);
        return info;
    }

    double[] vector(String name, int length) throws ModelException {
        return doubles(read(name, length));
    }

    BatchNorm batchNorm(String prefix, int channels) throws ModelException {
        return BatchNorm.of(
                read(prefix + ".weight", channels),
                read(prefix + ".bias", channels),
                read(prefix + ".running_mean", channels),
                read(prefix + ".running_var", channels));
    }

    /** A layer scale, stored as channels x 1 x 1. */
    double[] gamma(String name, int channels) throws ModelException {
        return doubles(read(name + ".gamma", channels, 1, 1));
    }

    /** A convolution's weights without bias, for that many input channels; its kernel is odd. */
    ConvKernel convolution(String name, int inputs) throws ModelException {
        ConvKernel kernel = kernel(name, inputs);
        if (kernel.size() % 2 == 0) {
            throw broken("has convolution %s with a kernel of %d".formatted(name, kernel.size()));
        }
        return kernel;
    }

    /** The weights without bias of a dense convolution that cuts its input into patches. */
    ConvKernel patches(String name, int inputs) throws ModelException {
        ConvKernel kernel = kernel(name, inputs);
        if (kernel.groups() != 1) {
            throw broken("has convolution %s in %d groups".formatted(name, kernel.groups()));
        }
        return kernel;
    }

    private ConvKernel kernel(String name, int inputs) throws ModelException {
        List<Long> shape = shape(name, 4);
        int outputs = Math.toIntExact(shape.get(0));
        int inputsPerGroup = Math.toIntExact(shape.get(1));
        int size = Math.toIntExact(shape.get(2));
        boolean grouped = inputs % inputsPerGroup == 0;
        int groups = grouped ? inputs / inputsPerGroup : 0;
        if (!grouped || outputs % groups != 0 || shape.get(3) != size) {
            throw broken(
                    "has convolution %s of shape %s for %d channels"
                            .formatted(name, shape, inputs));
        }
        float[] weights = read(name, outputs, inputsPerGroup, size, size);
        return new ConvKernel(
                outputs, inputsPerGroup, size, groups, doubles(weights), new double[outputs]);
    }

    /** A convolution's weights and bias. */
    ConvKernel biasedConvolution(String prefix, int inputs) throws ModelException {
        ConvKernel kernel = convolution(prefix + ".weight", inputs);
        return kernel.withBias(vector(prefix + ".bias", kernel.outputs()));
    }

    /** A linear layer's weights, {@code outputs x inputs}, as the 1x1 convolution it is. */
    ConvKernel linear(String name, int outputs, int inputs) throws ModelException {
        double[] weights = doubles(read(name, outputs, inputs));
        return new ConvKernel(outputs, inputs, 1, 1, weights, new double[outputs]);
    }

    /** Fails if a tensor was not asked for, counters of training aside. */
    void checkAllUsed() throws ModelException {
        List<String> unknown =
                file.names().stream()
                        .filter(name -> !used.contains(name))
                        .filter(name -> !name.endsWith(".num_batches_tracked"))
                        .toList();
        if (!unknown.isEmpty()) {
            throw broken(
                    "has %d tensors that the importer does not know, such as %s"
                            .formatted(unknown.size(), unknown.get(0)));
        }
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
