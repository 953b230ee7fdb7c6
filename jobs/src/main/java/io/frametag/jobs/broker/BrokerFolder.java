package io.frametag.jobs.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path path;
    private final boolean temporary;

    private BrokerFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * @param path null for a temporary folder
     */
    static BrokerFolder open(@Nullable Path path) throws BrokerException {
        try {
            if (path == null) {
                return new BrokerFolder(Files.createTempDirectory("frametag-broker-"), true);
            }
            Files.createDirectories(path);
            if (!Files.isWritable(path)) {
                throw new IOException("it is not writable");
            }
            return new BrokerFolder(path.toAbsolutePath(), false);
        } catch (IOException e) {
            throw new BrokerException(
                    "the broker's data folder"
                            + (path == null ? "" : " " + path)
                            + " can't be made or written ("
                            + e.getMessage()
                            + "): choose another",
                    e);
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

    /** Deletes the folder if it is temporary. */
    void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Temporary folder {} remains: delete it", path, e);
        }
    }
}
