package io.frametag.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an execution provider into the options of a session, or says why it can't be used. There is
 * no way back to the processor but the user's: a job that was sized for a GPU would otherwise run,
 * many times too slow.
 *
 * <p>ONNX Runtime also hands single operators that a provider lacks to the processor, silently, and
 * copies what they take and give between the two. That is forbidden here for graphs without {@code
 * Shape} operators, such as those that the importer writes. In other graphs the sums over shapes
 * belong on the processor by the CUDA provider's own design and could not be told from the rest, so
 * there it is allowed, and logged.
 */
final class SessionProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SessionProvider.class);

    private final ExecutionProvider provider;
    private final int device;

    SessionProvider(EncoderOptions options) {
        this.provider = options.provider();
        this.device = options.device();
    }

    /**
     * @param graph that the session will run
     */
    void addTo(SessionOptions settings, Path graph) throws ModelException, OrtException {
        if (provider != ExecutionProvider.CPU) {
            addTo(settings, graph, OrtEnvironment.getAvailableProviders());
        }
    }

    void addTo(SessionOptions settings, Path graph, EnumSet<OrtProvider> available)
            throws ModelException, OrtException {
        provider.requireIn(available);
        forbidFallback(settings, graph);
        add(settings);
    }

    private void add(SessionOptions settings) throws ModelException {
        try {
            if (provider == ExecutionProvider.TENSORRT) {
                settings.addTensorrt(device);
            }
            // Beside TensorRT for the operators that it lacks.
            settings.addCUDA(device);
        } catch (OrtException e) {
            throw new ModelException(
                    "provider %s can't be used on this machine, device %d: %s; install its driver and libraries, or take provider cpu"
                            .formatted(provider.id(), device, OnnxSession.oneLine(e)),
                    e);
        }
    }

    private void forbidFallback(SessionOptions settings, Path graph)
            throws ModelException, OrtException {
        Set<String> operators = operators(graph);
        if (operators.contains("DynamicQuantizeMatMul")) {
            throw new ModelException(
                    "%s is in int8, for processors, and provider %s can't run it; import the model in fp16 or fp32, or take provider cpu"
                            .formatted(graph, provider.id()));
        }
        if (operators.contains("Shape")) {
            LOG.info("{} computes with shapes; operators may run on the processor", graph);
        } else {
            settings.addConfigEntry("session.disable_cpu_ep_fallback", "1");
        }
    }

    private static Set<String> operators(Path graph) throws ModelException {
        try {
            return OnnxGraphFile.read(graph).operators();
        } catch (IOException e) {
            throw new ModelException(graph + " can't be read: " + e.getMessage(), e);
        }
    }
}
