package io.frametag.models.importer;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelManifest;
import io.frametag.models.Precision;
import io.frametag.models.text.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns a published checkpoint into a model folder: two ONNX graphs with everything folded, the
 * tokenizer and the manifest. Holds one tensor at a time, so that its memory is bounded by the
 * largest tensor, not by the checkpoint.
 *
 * <p>The folder appears at once, whole, under its name; an import that fails leaves nothing.
 */
public final class ModelImporter {

    /** Goes up when the same checkpoint would give other graphs. */
    public static final int VERSION = 2;

    private final ImportRequest request;
    private final Architecture architecture;
    private final ImageSize imageSize;

    private ModelImporter(ImportRequest request) throws ModelException {
        this.request = request;
        this.architecture = Architecture.named(request.architecture());
        checkPrecision(request.architecture(), request.precision());
        this.imageSize =
                request.imageSize() != null
                        ? request.imageSize()
                        : new ImageSize(architecture.imageSize(), architecture.imageSize());
    }

    /** The architectures that can be imported, by name. */
    public static List<String> architectures() {
        return Architecture.names();
    }

    /**
     * Whether models of that architecture can be imported in that precision.
     *
     * @throws ModelException if the architecture is not known
     */
    public static boolean supports(String architecture, Precision precision) throws ModelException {
        return precision != Precision.INT8 || !Architecture.named(architecture).vit();
    }

    /**
     * Fails unless models of that architecture can be imported in that precision.
     *
     * @throws ModelException if they can't, or the architecture is not known
     */
    public static void checkPrecision(String architecture, Precision precision)
            throws ModelException {
        if (!supports(architecture, precision)) {
            throw new ModelException(
                    "precision int8 is for models of the S series; import %s in fp32 or fp16"
                            .formatted(architecture));
        }
    }

    /**
     * Imports, replacing the model folder that may stand at the output.
     *
     * @throws ModelException if the checkpoint is not the architecture's, the image size doesn't
     *     fit it, or the output is in use by something that is no model folder
     */
    public static ModelFolder importModel(ImportRequest request, ImportProgress progress)
            throws ModelException {
        new ModelImporter(request).run(progress, true);
        return ModelFolder.open(request.output());
    }

    /**
     * Imports unless the output is there by the time the import is done; then what is there stays.
     * Safe for several processes at once.
     */
    public static ModelFolder importIfAbsent(ImportRequest request, ImportProgress progress)
            throws ModelException {
        if (!OutputFolder.isModel(request.output())) {
            new ModelImporter(request).run(progress, false);
        }
        return ModelFolder.open(request.output());
    }

    private void run(ImportProgress progress, boolean replace) throws ModelException {
        try (OutputFolder output = OutputFolder.create(request.output());
                Safetensors file = Safetensors.open(request.weights())) {
            // Opened before the long work, so that a wrong file is found at once.
            ClipTokenizer.open(request.tokenizer()).close();
            Files.copy(request.tokenizer(), output.path().resolve(ModelFolder.TOKENIZER));
            Checkpoint checkpoint = new Checkpoint(file, progress);
            ModelManifest manifest = writeGraphs(checkpoint, output.path());
            progress.report("hashes", 1);
            ModelFolder.seal(output.path(), manifest);
            output.publish(replace);
        } catch (IOException e) {
            throw new ModelException(
                    "model folder " + request.output() + " can't be written: " + e, e);
        }
    }

    private ModelManifest writeGraphs(Checkpoint checkpoint, Path folder)
            throws ModelException, IOException {
        architecture.check(checkpoint);
        checkImageSize(checkpoint);
        int embeddingSize = checkpoint.dimension(architecture.headWeight(), 2, 0);
        checkpoint.begin("image encoder");
        try (OnnxGraph graph =
                new OnnxGraph("image", folder.resolve(ModelFolder.IMAGE_GRAPH), reals())) {
            if (architecture.vit()) {
                new VitTower(checkpoint, graph).write(imageSize, embeddingSize);
            } else {
                new FastVitTower(checkpoint, graph, layers(graph)).write(imageSize, embeddingSize);
            }
            graph.write();
        }
        checkpoint.begin("text encoder");
        try (OnnxGraph graph =
                new OnnxGraph("text", folder.resolve(ModelFolder.TEXT_GRAPH), reals())) {
            boolean bytes = request.precision() == Precision.INT8;
            TextTower tower = new TextTower(checkpoint, graph, bytes);
            if (tower.length() != ClipTokenizer.CONTEXT_LENGTH) {
                throw checkpoint.broken("takes " + tower.length() + " tokens, not 77");
            }
            tower.write(architecture.causalText(), embeddingSize);
            graph.write();
        }
        float temperature = (float) Math.exp(checkpoint.read("logit_scale")[0]);
        checkpoint.checkAllUsed();
        return manifest(embeddingSize, temperature);
    }

    private RealType reals() {
        return request.precision() == Precision.FP16 ? RealType.FLOAT16 : RealType.FLOAT32;
    }

    private TowerLayers layers(OnnxGraph graph) {
        return switch (request.precision()) {
            case FP32, FP16 -> new ChannelsFirstLayers(graph);
            case INT8 -> new ChannelsLastLayers(graph, QuantizedLinear::of);
        };
    }

    private void checkImageSize(Checkpoint checkpoint) throws ModelException {
        if (architecture.vit()) {
            ImageSize only = VitTower.imageSize(checkpoint);
            if (!imageSize.equals(only)) {
                throw new ModelException(
                        "image size (%s) must be %s for %s, whose positions are learned for it"
                                .formatted(imageSize, only, architecture.name()));
            }
            return;
        }
        // The stem and each stage but the first halve; the last must have whole pixels.
        int multiple = 1 << (checkpoint.count(FastVitTower.PREFIX + "stages.") + 1);
        if (imageSize.width() % multiple != 0 || imageSize.height() % multiple != 0) {
            throw new ModelException(
                    "image size (%s) must be a multiple of %d in width and height for %s"
                            .formatted(imageSize, multiple, architecture.name()));
        }
    }

    private ModelManifest manifest(int embeddingSize, float temperature) {
        return new ModelManifest(
                Objects.requireNonNullElse(request.name(), architecture.name()),
                architecture.name(),
                imageSize,
                architecture.mean(),
                architecture.std(),
                architecture.resize(),
                embeddingSize,
                temperature,
                request.precision().id(),
                Map.of());
    }
}
