package io.frametag.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A model folder that was found whole: {@code model.json}, {@code image.onnx}, {@code text.onnx},
 * {@code tokenizer.json} and the weights that the graphs refer to, each with the content that the
 * manifest names. Immutable and thread-safe; holds no open files.
 *
 * <p>Model files are hostile input until proven otherwise: a file that lies outside the folder, by
 * its name, through a link or through a graph's reference to external weights, is refused before
 * ONNX Runtime sees it.
 */
public final class ModelFolder {

    /** The image encoder's graph. */
    public static final String IMAGE_GRAPH = "image.onnx";

    /** The text encoder's graph. */
    public static final String TEXT_GRAPH = "text.onnx";

    /** The tokenizer in Hugging Face's format. */
    public static final String TOKENIZER = "tokenizer.json";

    private final Path path;
    private final ModelManifest manifest;
    private final ModelId id;

    private ModelFolder(Path path, ModelManifest manifest) {
        this.path = path;
        this.manifest = manifest;
        this.id = new ModelId(manifest.name(), contentHash(manifest));
    }

    /**
     * Opens a model folder after checking every file in it. Reads each file whole to hash it, which
     * takes about two seconds per gigabyte.
     *
     * @throws ModelException naming the file that is missing, altered or outside the folder
     */
    public static ModelFolder open(Path folder) throws ModelException {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(
                    "model folder " + folder + " does not exist; see 'models import'");
        }
        Path manifestFile = folder.resolve(ModelManifest.FILE);
        if (!Files.isRegularFile(manifestFile)) {
            throw new ModelException(
                    folder + " is not a model folder: it has no model.json; see 'models import'");
        }
        ModelManifest manifest = ManifestJson.read(manifestFile);
        try {
            check(folder, manifest);
            return new ModelFolder(folder.toRealPath(), manifest);
        } catch (IOException e) {
            throw new ModelException("model folder " + folder + " can't be read: " + e, e);
        }
    }

    /**
     * Makes a model folder of the files in a folder: hashes them all and writes the manifest, whose
     * own hashes are replaced.
     */
    public static void seal(Path folder, ModelManifest manifest) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (!name.equals(ModelManifest.FILE)) {
                hashes.put(name, FileHashes.sha256(file));
            }
        }
        ManifestJson.write(manifest.withSha256(hashes), folder.resolve(ModelManifest.FILE));
    }

    private static void check(Path folder, ModelManifest manifest)
            throws ModelException, IOException {
        List<String> needed = new ArrayList<>(List.of(IMAGE_GRAPH, TEXT_GRAPH, TOKENIZER));
        for (String graph : List.of(IMAGE_GRAPH, TEXT_GRAPH)) {
            Path file = inside(folder, graph, ModelManifest.FILE);
            needed.addAll(externalData(folder, file, graph));
        }
        for (String file : needed) {
            if (!manifest.sha256().containsKey(file)) {
                throw new ModelException(
                        "model.json of "
                                + folder
                                + " has no sha256 of "
                                + file
                                + "; import the model again, or add it");
            }
        }
        for (Map.Entry<String, String> entry : manifest.sha256().entrySet()) {
            checkHash(inside(folder, entry.getKey(), ModelManifest.FILE), entry.getValue());
        }
    }

    private static List<String> externalData(Path folder, Path graphFile, String graph)
            throws ModelException, IOException {
        List<String> locations = OnnxGraphFile.read(graphFile).locations();
        for (String location : locations) {
            inside(folder, location, graph);
        }
        return locations;
    }

    /** The file of that name if it lies in the folder, also when links are followed. */
    private static Path inside(Path folder, String name, String namedBy)
            throws ModelException, IOException {
        Path root = folder.toRealPath();
        Path file;
        try {
            file = root.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new ModelException(outside(folder, name, namedBy), e);
        }
        if (Path.of(name).isAbsolute() || !file.startsWith(root) || file.equals(root)) {
            throw new ModelException(outside(folder, name, namedBy));
        }
        if (!Files.exists(file)) {
            throw new ModelException(
                    "model folder " + folder + " has no " + name + "; import the model again");
        }
        if (!file.toRealPath().startsWith(root)) {
            throw new ModelException(outside(folder, name, namedBy));
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is not a file; import the model again");
        }
        return file;
    }

    private static String outside(Path folder, String name, String namedBy) {
        return namedBy
                + " of model folder "
                + folder
                + " names a file outside the folder ("
                + name
                + "); don't use a model from this source";
    }

    private static void checkHash(Path file, String expected) throws ModelException, IOException {
        String found = FileHashes.sha256(file);
        if (!found.equals(expected)) {
            throw new ModelException(
                    file
                            + " is not the file that was imported: SHA-256 expected "
                            + expected
                            + ", found "
                            + found
                            + "; import the model again");
        }
    }

    /** Covers all that an embedding depends on: the files and how pictures are prepared. */
    private static String contentHash(ModelManifest manifest) {
        StringBuilder content = new StringBuilder();
        manifest.sha256().forEach((file, hash) -> content.append(file).append(' ').append(hash));
        content.append(manifest.preprocessing());
        return FileHashes.sha256(content.toString()).substring(0, 12);
    }

    public ModelId id() {
        return id;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** The folder itself, absolute, without links. */
    public Path path() {
        return path;
    }

    public Path imageGraph() {
        return path.resolve(IMAGE_GRAPH);
    }

    public Path textGraph() {
        return path.resolve(TEXT_GRAPH);
    }

    public Path tokenizer() {
        return path.resolve(TOKENIZER);
    }

    @Override
    public String toString() {
        return "ModelFolder[" + id + ", " + path + "]";
    }
}
