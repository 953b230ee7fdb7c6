package io.frametag.connectors.simulator;

import io.frametag.connectors.video.VideoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link CameraSimulator}. By default it listens on any free port of 127.0.0.1, asks for
 * no password, plays each file at its own rate without end, drops clients that are silent for 60
 * seconds, and sends a report every two. For one thread.
 */
@Experimental
public final class CameraSimulatorBuilder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final double MOST_FRAMES_PER_SECOND = 2000;

    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, Path> otherFiles = new HashMap<>();
    private @Nullable Path otherFile;
    private String host = "127.0.0.1";
    private int port;
    private @Nullable Integer httpPort;
    private double framesPerSecond;
    private @Nullable Credentials credentials;
    private int rounds;
    private boolean joinsLive;
    private Duration sessionTimeout = Duration.ofSeconds(60);
    private Duration reports = Duration.ofSeconds(2);

    CameraSimulatorBuilder() {}

    /**
     * Adds a camera.
     *
     * @param name the path of its address; letters, digits, dots, hyphens and underscores
     * @param file H.264 or HEVC in any container
     */
    public CameraSimulatorBuilder camera(String name, Path file) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "camera name '" + name + "' must be 1 to 64 letters, digits, '.', '-' or '_'");
        }
        if (files.put(name, Objects.requireNonNull(file, "file")) != null) {
            throw new IllegalArgumentException(
                    "camera name (" + name + ") is given twice; names must be unique");
        }
        return this;
    }

    /**
     * As {@link #camera(String, Path)}.
     *
     * @param otherFile played while the camera has {@link Fault#RESOLUTION_CHANGE}; of the same
     *     codec
     */
    public CameraSimulatorBuilder camera(String name, Path file, Path otherFile) {
        otherFiles.put(name, Objects.requireNonNull(otherFile, "otherFile"));
        return camera(name, file);
    }

    /**
     * What cameras without an other file of their own play while they have {@link
     * Fault#RESOLUTION_CHANGE}, as far as they are of its codec.
     */
    public CameraSimulatorBuilder otherFile(Path file) {
        otherFile = Objects.requireNonNull(file, "file");
        return this;
    }

    /** Where to listen; any other machine can connect where this is not a loopback address. */
    public CameraSimulatorBuilder host(String value) {
        host = Objects.requireNonNull(value, "host");
        return this;
    }

    /** The RTSP port; 0 for any free one. */
    public CameraSimulatorBuilder port(int value) {
        port = value;
        return this;
    }

    /** Serves the cameras over HTTP too, on that port; 0 for any free one. By default, not. */
    public CameraSimulatorBuilder httpPort(int value) {
        httpPort = value;
        return this;
    }

    /** Frames per second of all cameras, in place of the files' own; timestamps follow. */
    public CameraSimulatorBuilder framesPerSecond(double value) {
        if (!(value > 0 && value <= MOST_FRAMES_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "frames per second (%s) must be more than 0 and at most %s"
                            .formatted(value, MOST_FRAMES_PER_SECOND));
        }
        framesPerSecond = value;
        return this;
    }

    /** Lets in only clients that know these. */
    public CameraSimulatorBuilder password(
            String user, String password, CameraSimulator.Authentication authentication) {
        if (user.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException("a user name must not be empty or have a colon");
        }
        credentials = new Credentials(user, password, authentication);
        return this;
    }

    /** Ends each stream in order after that many rounds of its clip; 0 for never. */
    public CameraSimulatorBuilder rounds(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("rounds (" + value + ") must be >= 0");
        }
        rounds = value;
        return this;
    }

    /**
     * Whether a client joins where the camera is, often between two keyframes, as with a real one;
     * by default it sees the clip from its first frame.
     */
    public CameraSimulatorBuilder joinLive(boolean value) {
        joinsLive = value;
        return this;
    }

    /** How long a client may send nothing before it is dropped; at least a second. */
    public CameraSimulatorBuilder sessionTimeout(Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("session timeout (" + value + ") must be >= 1 s");
        }
        sessionTimeout = value;
        return this;
    }

    /** How often sender reports tie timestamps to the time of day. */
    public CameraSimulatorBuilder reportsEvery(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("time between reports (" + value + ") must be > 0");
        }
        reports = value;
        return this;
    }

    /**
     * Reads all files and starts to listen.
     *
     * @throws VideoException where a file can't be sent; the message is one line
     * @throws IOException where the port is taken
     */
    public CameraSimulator start() throws VideoException, IOException {
        if (files.isEmpty()) {
            throw new IllegalStateException(
                    "a simulator needs at least one camera; add one with camera(name, file)");
        }
        Map<Path, Clip> clips = new HashMap<>();
        List<CameraClips> cameras = new ArrayList<>();
        for (Map.Entry<String, Path> camera : files.entrySet()) {
            Clip clip = clip(camera.getValue(), clips);
            cameras.add(
                    new CameraClips(camera.getKey(), clip, other(camera.getKey(), clip, clips)));
        }
        return CameraSimulator.start(settings(), cameras);
    }

    private @Nullable Clip other(String camera, Clip clip, Map<Path, Clip> clips)
            throws VideoException {
        Path own = otherFiles.get(camera);
        if (own == null) {
            Clip shared = otherFile == null ? null : clip(otherFile, clips);
            return shared != null && shared.codec() == clip.codec() ? shared : null;
        }
        Clip other = clip(own, clips);
        if (other.codec() != clip.codec()) {
            throw new VideoException(
                    "camera %s can't change from %s (%s) to %s (%s) in mid-stream; give files of one codec"
                            .formatted(
                                    camera,
                                    clip.name(),
                                    clip.codec(),
                                    other.name(),
                                    other.codec()));
        }
        return other;
    }

    private SimulatorSettings settings() {
        return new SimulatorSettings(
                host, port, httpPort, credentials, rounds, joinsLive, sessionTimeout, reports);
    }

    private Clip clip(Path file, Map<Path, Clip> known) throws VideoException {
        Clip clip = known.get(file);
        if (clip == null) {
            clip = ClipReader.read(file);
            clip = framesPerSecond > 0 ? clip.atRate(framesPerSecond) : clip;
            known.put(file, clip);
        }
        return clip;
    }
}
