package io.frametag.models;

import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model whose checkpoint travels in the jar, imported into the store on first use. The folder's
 * name carries the hash of checkpoint, tokenizer and importer version, so that a newer jar brings a
 * newer folder. Two processes that import at once each write a folder of their own; the first to
 * rename it wins.
 */
final class PackagedModel {

    private static final String WEIGHTS = "%s.safetensors";

    private static final Logger LOG = LoggerFactory.getLogger(PackagedModel.class);

    private final String name;
    private final Path store;

    PackagedModel(String name, Path store) {
        this.name = name;
        this.store = store;
    }

    ModelFolder open() throws ModelException {
        try {
            Files.createDirectories(store);
            Path work = Files.createTempDirectory(store, ".packaged-");
            try {
                return importFrom(work);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new ModelException(
                    "model store %s can't be written (%s); set -Dframetag.models to another folder"
                            .formatted(store, e),
                    e);
        }
    }

    private ModelFolder importFrom(Path work) throws ModelException, IOException {
        Path weights = unpack(WEIGHTS.formatted(name), work);
        Path tokenizer = unpack(ModelFolder.TOKENIZER, work);
        String hashes = FileHashes.sha256(weights) + FileHashes.sha256(tokenizer);
        String version = FileHashes.sha256(hashes + ModelImporter.VERSION).substring(0, 12);
        Path folder = store.resolve(name + "-" + version);
        ImportRequest request = new ImportRequest(name, weights, tokenizer, null, name, folder);
        try {
            return ModelImporter.importIfAbsent(request, (part, fraction) -> {});
        } catch (ModelException e) {
            // The jar still has what the folder was made of.
            LOG.warn("{}; importing the packaged model again", e.getMessage());
            return ModelImporter.importModel(request, (part, fraction) -> {});
        }
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    private Path unpack(String file, Path work) throws ModelException, IOException {
        String path = "/io/frametag/models/" + name + "/" + file;
        @Nullable URL resource = PackagedModel.class.getResource(path);
        if (resource == null) {
            throw new ModelException(
                    "this build carries no model '"
                            + name
                            + "' ("
                            + path
                            + " is missing); name another model");
        }
        Path target = work.resolve(file);
        try (InputStream stream = resource.openStream()) {
            Files.copy(stream, target);
        }
        return target;
    }
}
