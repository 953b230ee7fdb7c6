package io.frametag.jobs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of its own under the temporary folder, deleted with all that is in it at the end. */
public final class TemporaryFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates one.
     *
     * @throws UserError where the temporary folder can't be written
     */
    public static TemporaryFolder create() throws UserError {
        try {
            return new TemporaryFolder(Files.createTempDirectory("frametag-"));
        } catch (IOException e) {
            throw UserError.failed(
                    "temporary folder "
                            + System.getProperty("java.io.tmpdir")
                            + " can't be written; free space in it, or choose another with"
                            + " FRAMETAG_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new Deletion());
        } catch (IOException e) {
            LOG.warn("Could not delete all of {}", path, e);
        }
    }

    /** Files may vanish meanwhile: Flink deletes its own. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
