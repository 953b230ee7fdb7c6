package io.frametag.models;

import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model whose checkpoint travels in the jar, imported into the store on first use. The folder's
 * name carries the hash of checkpoint, tokenizer and importer version, so that a newer jar brings a
 * newer folder. Two processes that import at once each write a folder of their own; the first to
 * rename it wins.
 */
final class PackagedModel {

    private static final Logger LOG = LoggerFactory.getLogger(PackagedModel.class);

    private final String name;
    private final byte[] weights;
    private final byte[] tokenizer;

    PackagedModel(String name, byte[] weights, byte[] tokenizer) {
        this.name = name;
        this.weights = weights;
        this.tokenizer = tokenizer;
    }

    /**
     * Finds the model in the class path.
     *
     * @throws ModelException if this build carries no such model
     */
    static PackagedModel find(String name) throws ModelException {
        String folder = "/io/frametag/models/" + name + "/";
        byte[] weights = resource(name, folder + name + ".safetensors");
        byte[] tokenizer = resource(name, folder + ModelFolder.TOKENIZER);
        return new PackagedModel(name, weights, tokenizer);
    }

    private static byte[] resource(String name, String path) throws ModelException {
        try (InputStream stream = PackagedModel.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new ModelException(
                        "this build carries no model '%s' (%s is missing); name another model"
                                .formatted(name, path));
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new ModelException("packaged model '" + name + "' can't be read: " + e, e);
        }
    }

    /** The model's folder in that store, imported unless it is there and whole. */
    ModelFolder open(Path store) throws ModelException {
        String hashes = FileHashes.sha256(weights) + FileHashes.sha256(tokenizer);
        String version = FileHashes.sha256(hashes + ModelImporter.VERSION).substring(0, 12);
        Path folder = store.resolve(name + "-" + version);
        if (Files.exists(folder.resolve(ModelManifest.FILE))) {
            try {
                return ModelFolder.open(folder);
            } catch (ModelException e) {
                // The jar still has what the folder was made of.
                LOG.warn("{}: doing so from the packaged checkpoint", e.getMessage());
                return importInto(store, folder, true);
            }
        }
        return importInto(store, folder, false);
    }

    private ModelFolder importInto(Path store, Path folder, boolean replace) throws ModelException {
        try {
            Files.createDirectories(store);
            Path weightsFile = Files.createTempFile(store, ".packaged-", ".safetensors");
            Path tokenizerFile = Files.createTempFile(store, ".packaged-", ".json");
            try {
                Files.write(weightsFile, weights);
                Files.write(tokenizerFile, tokenizer);
                ImportRequest request =
                        new ImportRequest(name, weightsFile, tokenizerFile, null, name, folder);
                return replace
                        ? ModelImporter.importModel(request, (part, fraction) -> {})
                        : ModelImporter.importIfAbsent(request, (part, fraction) -> {});
            } finally {
                Files.deleteIfExists(weightsFile);
                Files.deleteIfExists(tokenizerFile);
            }
        } catch (IOException e) {
            throw new ModelException(
                    "model store %s can't be written (%s); set FRAMETAG_MODELS to another folder"
                            .formatted(store, e),
                    e);
        }
    }
}
