package io.frametag.jobs.broker;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Kafka's settings for one small node that is broker and controller, on the loopback address. */
final class BrokerSettings {

    static final int NODE_ID = 1;

    /** Largest record, so that a compressed frame of a large camera fits. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private BrokerSettings() {}

    static Properties of(Path folder, BoundSockets sockets) {
        Properties settings = new Properties();
        network(settings, sockets);
        storage(settings, folder);
        smallness(settings);
        return settings;
    }

    /** The controllers that decide together: this one. */
    static Map<Integer, InetSocketAddress> voters(BoundSockets sockets) {
        return Map.of(
                NODE_ID, new InetSocketAddress(BoundSockets.loopback(), sockets.controllerPort()));
    }

    private static void network(Properties settings, BoundSockets sockets) {
        String host = BoundSockets.loopback().getHostAddress();
        String broker = BoundSockets.BROKER + "://" + host + ":" + sockets.brokerPort();
        String controller = host + ":" + sockets.controllerPort();
        set(settings, "process.roles", "broker,controller");
        set(settings, "node.id", NODE_ID);
        set(settings, "controller.quorum.voters", NODE_ID + "@" + controller);
        set(settings, "listeners", broker + "," + BoundSockets.CONTROLLER + "://" + controller);
        set(settings, "advertised.listeners", broker);
        set(settings, "listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        set(settings, "inter.broker.listener.name", BoundSockets.BROKER);
        set(settings, "controller.listener.names", BoundSockets.CONTROLLER);
        // A machine that is busy for a while must not fence its only broker.
        set(settings, "broker.session.timeout.ms", 60_000);
    }

    private static void storage(Properties settings, Path folder) {
        set(settings, "log.dirs", folder);
        set(settings, "auto.create.topics.enable", false);
        set(settings, "default.replication.factor", 1);
        set(settings, "offsets.topic.replication.factor", 1);
        set(settings, "offsets.topic.num.partitions", 1);
        set(settings, "transaction.state.log.replication.factor", 1);
        set(settings, "transaction.state.log.min.isr", 1);
        set(settings, "transaction.state.log.num.partitions", 1);
        set(settings, "share.coordinator.state.topic.replication.factor", 1);
        set(settings, "share.coordinator.state.topic.min.isr", 1);
        set(settings, "share.coordinator.state.topic.num.partitions", 1);
        set(settings, "message.max.bytes", MAX_RECORD_BYTES);
        set(settings, "replica.fetch.max.bytes", MAX_RECORD_BYTES);
        set(settings, "group.initial.rebalance.delay.ms", 0);
    }

    private static void smallness(Properties settings) {
        set(settings, "num.network.threads", 1);
        set(settings, "num.io.threads", 2);
        set(settings, "background.threads", 2);
        set(settings, "num.replica.fetchers", 1);
        set(settings, "log.cleaner.threads", 1);
        set(settings, "log.cleaner.dedupe.buffer.size", 2 << 20);
        set(settings, "log.cleaner.io.buffer.size", 256 << 10);
        set(settings, "log.index.size.max.bytes", 1 << 20);
        set(settings, "queued.max.requests", 64);
        set(settings, "metadata.log.segment.bytes", 8 << 20);
    }

    private static void set(Properties settings, String key, Object value) {
        settings.setProperty(key, value.toString());
    }
}
