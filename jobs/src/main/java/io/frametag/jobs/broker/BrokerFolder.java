package io.frametag.jobs.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the broker keeps its data: a temporary folder of its own, or one that lasts. */
final class BrokerFolder {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFolder.class);

    /** Always the same, so that a folder of an earlier broker is taken as it is. */
    private static final String CLUSTER_ID = "frametag-embedded-brkr";

    private static final String LOCK = ".frametag-lock";

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private BrokerFolder(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Takes the folder for one broker. Kafka has a lock of its own, but by the time it looks at it,
     * it has written into the metadata of whoever holds it.
     *
     * @param path null for a temporary folder
     */
    static BrokerFolder open(@Nullable Path path) throws BrokerException {
        try {
            if (path == null) {
                Path folder = Files.createTempDirectory("frametag-broker-");
                return new BrokerFolder(folder, true, lock(folder));
            }
            Path folder = Files.createDirectories(path.toAbsolutePath());
            return new BrokerFolder(folder, false, lock(folder));
        } catch (OverlappingFileLockException e) {
            throw new BrokerException(
                    "the broker's data folder "
                            + path
                            + " is in use by another broker: end it, or choose another folder",
                    e);
        } catch (IOException e) {
            throw new BrokerException(
                    "the broker's data folder"
                            + (path == null ? "" : " " + path)
                            + " can't be made or written ("
                            + e
                            + "): choose another",
                    e);
        }
    }

    /** Throws as the same process would get it, also where another process has the lock. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            return channel;
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Lays the folder out for Kafka, unless an earlier broker has. */
    void format(int nodeId) throws BrokerException {
        try {
            new Formatter()
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setSupportedFeatures(List.copyOf(Feature.PRODUCTION_FEATURES))
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(nodeId)
                    .setControllerListenerName(BoundSockets.CONTROLLER)
                    .setMetadataLogDirectory(path.toString())
                    .addDirectory(path.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new BrokerException(
                    "the broker's data folder "
                            + path
                            + " can't be prepared ("
                            + e.getMessage()
                            + "): choose an empty one",
                    e);
        }
    }

    /** Gives the folder back, and deletes it if it is temporary. */
    void close() {
        try {
            lock.close();
            if (temporary) {
                delete();
            }
        } catch (IOException e) {
            LOG.warn(
                    "The broker's folder {} was not tidied up: delete it if it is temporary",
                    path,
                    e);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
