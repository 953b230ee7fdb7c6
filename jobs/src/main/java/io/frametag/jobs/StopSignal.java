package io.frametag.jobs;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and a request to terminate, taken as a wish that the running command answers in order. Not
 * a shutdown hook: those run beside the hooks of Flink and of the native libraries, which would
 * take away what the command still needs for its end.
 *
 * <p>A second signal, or {@link #LIMIT} after the first, ends the process at once.
 */
public final class StopSignal implements AutoCloseable {

    /** How long a command may take to end. */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Map<String, Integer> EXIT_CODES =
            Map.of("INT", 130, "TERM", 143, "HUP", 129);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable onStop;
    private volatile int exitCode;

    private StopSignal(Runnable onStop) {
        this.onStop = onStop;
    }

    /**
     * Listens from now on, until the process ends.
     *
     * @param onStop called once, by a thread of its own; must not wait long
     */
    public static StopSignal listen(Runnable onStop) {
        StopSignal signal = new StopSignal(onStop);
        EXIT_CODES.keySet().forEach(signal::handle);
        return signal;
    }

    /** Whether the command was asked to end. */
    public boolean isRaised() {
        return exitCode != 0;
    }

    /** What the command exits with: what shells expect after a signal, else what is given. */
    public int exitCodeOr(int usual) {
        return exitCode == 0 ? usual : exitCode;
    }

    /** Says that the command is over, so that the process need not be ended by force. */
    @Override
    public void close() {
        over.countDown();
    }

    /**
     * The JDK's signals have no supported interface, and javac warns of the other one whatever it
     * is told; so by name. Where they are missing, Ctrl-C ends the process as it always does.
     */
    private void handle(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler =
                    Proxy.newProxyInstance(
                            handlerType.getClassLoader(),
                            new Class<?>[] {handlerType},
                            (proxy, method, arguments) -> answer(name, method.getName()));
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.info("Can't listen for signal {}", name, e);
        }
    }

    private Object answer(String name, String method) {
        return switch (method) {
            case "handle" -> {
                raise(EXIT_CODES.get(name));
                yield null;
            }
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> false;
            default -> "StopSignal";
        };
    }

    private void raise(int code) {
        if (exitCode != 0) {
            Runtime.getRuntime().halt(code);
        }
        exitCode = code;
        Thread watchdog = new Thread(() -> haltUnlessOver(code), "stop-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        onStop.run();
    }

    private void haltUnlessOver(int code) {
        try {
            if (!over.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
