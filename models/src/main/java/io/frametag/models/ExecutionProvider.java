package io.frametag.models;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.EnumSet;
import java.util.Locale;

/** What of the machine ONNX Runtime computes with. */
public enum ExecutionProvider {

    /** The processor. */
    CPU(OrtProvider.CPU),

    /** An NVIDIA GPU, by CUDA and cuDNN. */
    CUDA(OrtProvider.CUDA),

    /** An NVIDIA GPU, by TensorRT, which compiles the graph for it at each start. */
    TENSORRT(OrtProvider.TENSOR_RT);

    private final OrtProvider provider;

    ExecutionProvider(OrtProvider provider) {
        this.provider = provider;
    }

    /** The name that users write, such as {@code cuda}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The provider of that name.
     *
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    public static ExecutionProvider named(String name) {
        for (ExecutionProvider provider : values()) {
            if (provider.id().equals(name)) {
                return provider;
            }
        }
        throw new IllegalArgumentException(
                "provider '" + name + "' is not known; take cpu, cuda or tensorrt");
    }

    /**
     * Checks that this build of ONNX Runtime has the provider, which says nothing of the machine's
     * driver and libraries.
     *
     * @throws ModelException if it has not
     */
    public void requireInBuild() throws ModelException {
        requireIn(DeepStack.call("open-onnxruntime", OrtEnvironment::getAvailableProviders));
    }

    void requireIn(EnumSet<OrtProvider> available) throws ModelException {
        if (!available.contains(provider)) {
            throw new ModelException(
                    "provider %s is not in this build of ONNX Runtime; build with 'mvn -Pgpu', or take provider cpu"
                            .formatted(id()));
        }
    }
}
