package io.frametag.jobs.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker in this process: one KRaft node, broker and controller in one, reachable from this
 * machine alone. For the demo, for tests and for a gateway that has no Kafka of its own; what is
 * written to it is no safer than this process and its disk.
 *
 * <p>Topics are not made by being named: create them. Unlike a broker of its own process, this one
 * logs a fault of its metadata and goes on; but where its data folder is lost or its disk is full,
 * Kafka ends the process.
 *
 * <p>Owns its threads, its two sockets and, unless a folder was given, its data. {@link #close} may
 * be called from any thread.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** How long the broker may take to hand its partitions over, to nobody. */
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private final BoundSockets sockets;
    private final BrokerFolder folder;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private boolean closed;

    private EmbeddedBroker(BoundSockets sockets, BrokerFolder folder) {
        this.sockets = sockets;
        this.folder = folder;
        Properties settings = BrokerSettings.of(folder.path(), sockets);
        KafkaConfig config = KafkaConfig.fromProps(settings, false);
        var formatted = KafkaRaftServer.initializeLogDirs(config, LOG, "[embedded broker] ");
        SharedServer shared =
                new SharedServer(
                        config,
                        formatted._1(),
                        Time.SYSTEM,
                        new Metrics(),
                        CompletableFuture.completedFuture(BrokerSettings.voters(sockets)),
                        List.of(),
                        (name, fatal, action) -> new LoggingFaultHandler(name, action),
                        sockets);
        this.broker = new BrokerServer(shared);
        this.controller =
                new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    }

    /** Starts a broker on a free port, with a temporary folder that {@link #close} deletes. */
    public static EmbeddedBroker start() throws BrokerException {
        return start(0, null);
    }

    /**
     * Starts a broker and waits, at most 30 seconds, until it serves.
     *
     * @param port to listen on; 0 for any free one
     * @param data folder for its data, which is kept and found again by a later start; null for a
     *     temporary one
     * @throws BrokerException where the port is in use, the folder can't be used, or the broker is
     *     not up in time
     */
    public static EmbeddedBroker start(int port, @Nullable Path data) throws BrokerException {
        try (BoundSockets sockets = BoundSockets.bind(port)) {
            BrokerFolder folder = BrokerFolder.open(data);
            EmbeddedBroker broker = null;
            try {
                folder.format(BrokerSettings.NODE_ID);
                broker = new EmbeddedBroker(sockets, folder);
                broker.startServers();
                return broker;
            } catch (BrokerException | RuntimeException e) {
                if (broker == null) {
                    folder.close();
                } else {
                    broker.close();
                }
                throw e instanceof BrokerException known ? known : failure(folder, e);
            }
        }
    }

    /** What clients take as bootstrap servers. */
    public String bootstrapServers() {
        return BoundSockets.loopback().getHostAddress() + ":" + port();
    }

    public int port() {
        return sockets.brokerPort();
    }

    /** Where the broker keeps its data. */
    public Path dataFolder() {
        return folder.path();
    }

    /**
     * Stops the broker, within 20 seconds, and deletes its folder if it is temporary. A second call
     * does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            within(STOP_LIMIT, "stop", this::stopServers);
        } catch (TimeoutException e) {
            LOG.warn("The broker did not stop within {} s", STOP_LIMIT.toSeconds());
        } catch (ExecutionException e) {
            LOG.warn("The broker did not stop cleanly", e.getCause());
        } finally {
            folder.close();
        }
    }

    private void startServers() throws BrokerException {
        try {
            within(
                    START_LIMIT,
                    "start",
                    () -> {
                        controller.startup();
                        broker.startup();
                    });
        } catch (TimeoutException e) {
            throw new BrokerException(
                    "the broker was not up within "
                            + START_LIMIT.toSeconds()
                            + " s: free the machine of other work and try again",
                    e);
        } catch (ExecutionException e) {
            throw failure(folder, e.getCause());
        }
    }

    private void stopServers() {
        try {
            broker.shutdown(SHUTDOWN_LIMIT);
        } finally {
            controller.shutdown();
        }
    }

    private static BrokerException failure(BrokerFolder folder, Throwable cause) {
        String why = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        return new BrokerException(
                "the broker could not be started on its data folder "
                        + folder.path()
                        + " ("
                        + why
                        + "): end what else uses the folder, or choose an empty one",
                cause);
    }

    /** Kafka's own waits are long or have no end, so they are made on a thread we can leave. */
    private static void within(Duration limit, String what, Runnable task)
            throws TimeoutException, ExecutionException {
        FutureTask<Void> future = new FutureTask<>(task, null);
        Thread thread = new Thread(future, "embedded-broker-" + what);
        thread.setDaemon(true);
        thread.start();
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException("interrupted", e);
        } finally {
            future.cancel(true);
        }
    }
}
