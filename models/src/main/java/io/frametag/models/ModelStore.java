package io.frametag.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where model folders are kept, and how a user's word for a model becomes an open {@link
 * ModelFolder}. Thread-safe; several processes may share a store.
 */
public final class ModelStore {

    /** The small model that travels in the jar. */
    public static final String NANO = "nano";

    private final Path root;

    private ModelStore(Path root) {
        this.root = root;
    }

    /**
     * The store at the system property {@code frametag.models}, else at the environment variable
     * {@code FRAMETAG_MODELS}, else at {@code .cache/frametag/models} in the user's home.
     */
    public static ModelStore atDefaultLocation() {
        String property = System.getProperty("frametag.models");
        if (property != null && !property.isBlank()) {
            return at(Path.of(property));
        }
        String variable = System.getenv("FRAMETAG_MODELS");
        if (variable != null && !variable.isBlank()) {
            return at(Path.of(variable));
        }
        return at(Path.of(System.getProperty("user.home"), ".cache", "frametag", "models"));
    }

    /** The store in that folder, which need not exist yet. */
    public static ModelStore at(Path root) {
        return new ModelStore(root.toAbsolutePath());
    }

    /** The store's folder. */
    public Path root() {
        return root;
    }

    /**
     * Opens a model: {@code nano}, which is imported on first use; the name of a folder in the
     * store; or the path of a folder anywhere.
     *
     * @throws ModelException if there is no such model or its folder is not whole
     */
    public ModelFolder open(String nameOrPath) throws ModelException {
        if (nameOrPath.equals(NANO)) {
            return PackagedModel.find(NANO).open(root);
        }
        if (isName(nameOrPath) && isModel(root.resolve(nameOrPath))) {
            return ModelFolder.open(root.resolve(nameOrPath));
        }
        if (isFolder(nameOrPath)) {
            return ModelFolder.open(Path.of(nameOrPath));
        }
        throw new ModelException(
                "no model '%s': there are %s in %s; 'models pull NAME' or 'models import --output %s'"
                                .formatted(nameOrPath, list(), root, root.resolve("NAME"))
                        + " adds one");
    }

    private static boolean isName(String text) {
        return text.matches("[^./\\\\\\x00][^/\\\\\\x00]*");
    }

    private static boolean isFolder(String text) {
        try {
            return !text.isEmpty() && Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve(ModelManifest.FILE));
    }

    /** What {@link #open} knows by name: {@code nano}, then the folders in the store, sorted. */
    public List<String> list() throws ModelException {
        if (!Files.isDirectory(root)) {
            return List.of(NANO);
        }
        try (Stream<Path> folders = Files.list(root)) {
            Stream<String> names =
                    folders.filter(ModelStore::isModel)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> isName(name) && !name.matches(NANO + "-[0-9a-f]{12}"))
                            .sorted();
            return Stream.concat(Stream.of(NANO), names).toList();
        } catch (IOException e) {
            throw new ModelException("model store " + root + " can't be read: " + e, e);
        }
    }
}
