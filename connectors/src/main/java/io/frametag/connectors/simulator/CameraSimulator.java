package io.frametag.connectors.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.annotation.Experimental;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Network cameras made of video files: each is played over and over in real time to whoever
 * connects, over RTSP with RTP interleaved or over UDP, and can be made to fail as real cameras do
 * (see {@link Fault}).
 *
 * <pre>{@code
 * try (CameraSimulator simulator =
 *         CameraSimulator.builder().camera("cam1", Path.of("street.mp4")).start()) {
 *     String uri = simulator.camera("cam1").uri();
 *     ...
 *     simulator.camera("cam1").inject(Fault.STALL);
 * }
 * }</pre>
 *
 * <p>Files are read into memory once and sent as they are, never encoded anew, so a camera costs
 * little more than its bytes; only JPEGs, where someone asks for them over HTTP, are made, once per
 * clip. Files are H.264 or HEVC. Every client has a stream of its own that begins with the first
 * frame of the clip, unless the simulator is built to join live. Sender reports tie RTP timestamps
 * to the time of day.
 *
 * <p>For tests and trials: it listens on 127.0.0.1 unless told otherwise and speaks no TLS.
 *
 * <p>Thread-safe. Uses two threads per client and a few more; {@link #close()} ends all of them and
 * frees all ports.
 */
@Experimental
public final class CameraSimulator implements AutoCloseable {

    /** How clients prove that they know the password. */
    public enum Authentication {
        /** The password, in plain text but for its coding. */
        BASIC,
        /** A hash over the password and a number that the camera gave. */
        DIGEST
    }

    private static final Logger LOG = LoggerFactory.getLogger(CameraSimulator.class);
    private static final long CLOSE_SECONDS = 5;
    private static final long IDLE_THREAD_SECONDS = 1;

    private final SimulatorSettings settings;
    private final Map<String, SimulatedCamera> cameras = new LinkedHashMap<>();
    private final ExecutorService threads = threads();
    private final RtspServer rtsp;
    private final @Nullable HttpCameras http;

    private CameraSimulator(SimulatorSettings settings, List<CameraClips> clips)
            throws IOException {
        this.settings = settings;
        CameraClock clock = CameraClock.start();
        for (CameraClips camera : clips) {
            cameras.put(
                    camera.name(),
                    new SimulatedCamera(
                            camera.name(),
                            camera.clip(),
                            camera.other(),
                            settings,
                            clock,
                            this::faultsChanged));
        }
        rtsp = new RtspServer(settings, cameras, threads);
        try {
            Integer httpPort = settings.httpPort();
            http = httpPort == null ? null : new HttpCameras(settings, httpPort, cameras, threads);
        } catch (IOException e) {
            rtsp.close();
            throw e;
        }
    }

    /** Builds a simulator with at least one camera. */
    public static CameraSimulatorBuilder builder() {
        return new CameraSimulatorBuilder();
    }

    static CameraSimulator start(SimulatorSettings settings, List<CameraClips> clips)
            throws IOException {
        CameraSimulator simulator = new CameraSimulator(settings, clips);
        String address = settings.host() + ":" + simulator.rtspPort();
        Credentials credentials = settings.credentials();
        String login = credentials == null ? "" : credentials.inUri() + "@";
        simulator.cameras.values().forEach(camera -> camera.at(address, login));
        simulator.rtsp.start();
        HttpCameras http = simulator.http;
        if (http != null) {
            String base = "http://" + login + settings.host() + ":" + http.port() + "/";
            simulator.cameras.values().forEach(camera -> camera.atHttp(base));
            http.start();
        }
        return simulator;
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "camera-simulator-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The port on which RTSP clients are served. */
    public int rtspPort() {
        return rtsp.port();
    }

    /** All cameras, in the order in which they were given. */
    public List<SimulatedCamera> cameras() {
        return List.copyOf(cameras.values());
    }

    /**
     * The camera of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public SimulatedCamera camera(String name) {
        SimulatedCamera camera = cameras.get(name);
        if (camera == null) {
            throw new IllegalArgumentException(
                    "there is no camera " + name + "; there are " + cameras.keySet());
        }
        return camera;
    }

    /** A port can be refused only as a whole. */
    private void faultsChanged() {
        List<SimulatedCamera> all = new ArrayList<>(cameras.values());
        rtsp.listen(!all.stream().allMatch(camera -> camera.has(Fault.DROP)));
    }

    /** Closes all connections and ports and waits, for 5 seconds at most, for all threads. */
    @Override
    public void close() {
        rtsp.close();
        cameras.values().forEach(SimulatedCamera::closeClients);
        if (http != null) {
            http.close();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Threads of the camera simulator still run after {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "CameraSimulator[" + settings.host() + ":" + rtspPort() + ", " + cameras + "]";
    }
}
