package io.frametag.jobs.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's server sockets, bound before anything else is started: so a port in use is noticed
 * at once, and a free port that was given to us can't be taken by another process in between. Each
 * socket belongs to this object until Kafka asks for it, and to Kafka from then on.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundSockets.class);

    static final String BROKER = "BROKER";
    static final String CONTROLLER = "CONTROLLER";

    private final Map<String, ServerSocketChannel> unclaimed = new ConcurrentHashMap<>();
    private final int brokerPort;
    private final int controllerPort;

    private BoundSockets(ServerSocketChannel broker, ServerSocketChannel controller)
            throws IOException {
        unclaimed.put(BROKER, broker);
        unclaimed.put(CONTROLLER, controller);
        brokerPort = port(broker);
        controllerPort = port(controller);
    }

    /**
     * @param brokerPort 0 for any free one
     */
    static BoundSockets bind(int brokerPort) throws BrokerException {
        if (brokerPort < 0 || brokerPort > 65_535) {
            throw new IllegalArgumentException(
                    "broker port (" + brokerPort + ") must be from 0 to 65535");
        }
        ServerSocketChannel broker = null;
        ServerSocketChannel controller = null;
        try {
            broker = bindLoopback(brokerPort);
            controller = bindLoopback(0);
            return new BoundSockets(broker, controller);
        } catch (BindException e) {
            close(broker);
            boolean inUse = String.valueOf(e.getMessage()).contains("in use");
            throw new BrokerException(
                    "port "
                            + brokerPort
                            + " on "
                            + loopback().getHostAddress()
                            + (inUse ? " is in use" : " can't be opened (" + e.getMessage() + ")")
                            + ": choose another port for the broker, or 0 for any free one",
                    e);
        } catch (IOException e) {
            close(broker);
            close(controller);
            throw new BrokerException("the broker's port could not be opened: " + e, e);
        }
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    int brokerPort() {
        return brokerPort;
    }

    int controllerPort() {
        return controllerPort;
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes)
            throws IOException {
        ServerSocketChannel socket = unclaimed.remove(listener);
        if (socket == null) {
            throw new IOException("listener " + listener + " was opened twice");
        }
        return socket;
    }

    /** Closes what Kafka has not claimed. */
    @Override
    public void close() {
        for (String listener : unclaimed.keySet()) {
            close(unclaimed.remove(listener));
        }
    }

    private static ServerSocketChannel bindLoopback(int port) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(new InetSocketAddress(loopback(), port));
            // Kafka's acceptor takes the channel as it is.
            socket.configureBlocking(false);
            return socket;
        } catch (IOException e) {
            close(socket);
            throw e;
        }
    }

    private static int port(ServerSocketChannel socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    private static void close(@Nullable ServerSocketChannel socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.warn("A server socket of the broker could not be closed", e);
        }
    }
}
