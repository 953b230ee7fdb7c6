package io.frametag.models.importer;

import io.frametag.models.ModelException;
import io.frametag.models.ModelManifest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is written under another name beside its place and takes its place in one step. If
 * it is never published it is deleted on close.
 */
final class OutputFolder implements AutoCloseable {

    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path target;
    private final Path work;

    private OutputFolder(Path target, Path work) {
        this.target = target;
        this.work = work;
    }

    static OutputFolder create(Path output) throws ModelException, IOException {
        Path target = output.toAbsolutePath().normalize();
        if (Files.exists(target) && !isModel(target) && !isEmpty(target)) {
            throw new ModelException(
                    "output "
                            + output
                            + " exists and is no model folder; name another or remove it");
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw new ModelException("output " + output + " must be a folder of its own");
        }
        Files.createDirectories(parent);
        deleteAbandoned(parent, workPrefix(target));
        // Not a temporary directory: those are closed to other users, a model folder is not.
        Path work = parent.resolve(workPrefix(target) + UUID.randomUUID());
        return new OutputFolder(target, Files.createDirectory(work));
    }

    private static String workPrefix(Path target) {
        return "." + target.getFileName() + "-importing-";
    }

    /** What imports that were killed left; a day old, so that none that runs loses its own. */
    private static void deleteAbandoned(Path parent, String prefix) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        List<Path> folders;
        try (Stream<Path> all = Files.list(parent)) {
            folders = all.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
        }
        for (Path folder : folders) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                deleteTree(folder);
            }
        }
    }

    static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve(ModelManifest.FILE));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Where to write. */
    Path path() {
        return work;
    }

    /**
     * Moves the folder to its place; what is there gives way, or stays, as {@code replace} says.
     */
    void publish(boolean replace) throws IOException {
        Path old = work.resolveSibling(work.getFileName() + ".old");
        if (replace && isModel(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (replace || !isModel(target)) {
                throw e;
            }
        } finally {
            deleteTree(old);
        }
    }

    /** Deletes what was not published. */
    @Override
    public void close() throws IOException {
        deleteTree(work);
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
