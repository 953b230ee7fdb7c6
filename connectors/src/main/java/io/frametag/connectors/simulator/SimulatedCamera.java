package io.frametag.connectors.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.flink.annotation.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * One camera of a {@link CameraSimulator}: its addresses, its faults and its counts. Every client
 * has a stream of its own, which by default begins at the first frame of the clip. Thread-safe.
 */
@Experimental
public final class SimulatedCamera {

    private final String name;
    private final Clip clip;
    private final @Nullable Clip otherClip;
    private final SimulatorSettings settings;
    private final CameraClock clock;
    private final Runnable onFaults;

    private final Set<CameraClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong framesSent = new AtomicLong();
    private final AtomicLong packetsSent = new AtomicLong();
    private final AtomicLong packetsLost = new AtomicLong();
    private final AtomicLong streamsStarted = new AtomicLong();
    private final AtomicLong jumpedTicks = new AtomicLong();

    /** Replaced as a whole, so that streams can read it at any time. */
    private volatile Map<Fault, Double> faults = Map.of();

    private volatile String uri = "";
    private volatile String loginUri = "";
    private volatile String httpBase = "";

    SimulatedCamera(
            String name,
            Clip clip,
            @Nullable Clip otherClip,
            SimulatorSettings settings,
            CameraClock clock,
            Runnable onFaults) {
        this.name = name;
        this.clip = clip;
        this.otherClip = otherClip;
        this.settings = settings;
        this.clock = clock;
        this.onFaults = onFaults;
    }

    public String name() {
        return name;
    }

    /** Its RTSP address, such as {@code rtsp://127.0.0.1:8554/cam1}. */
    public String uri() {
        return uri;
    }

    /** As {@link #uri()}, with user name and password where the simulator asks for them. */
    public String loginUri() {
        return loginUri;
    }

    void at(String address, String login) {
        uri = "rtsp://" + address + "/" + name;
        loginUri = "rtsp://" + login + address + "/" + name;
    }

    /** Its multipart JPEG stream over HTTP; empty where the simulator has no HTTP port. */
    public String mjpegUri() {
        return httpUri(".mjpg");
    }

    /** Its MPEG transport stream over HTTP; empty where the simulator has no HTTP port. */
    public String transportStreamUri() {
        return httpUri(".ts");
    }

    /** Its HLS playlist; empty where the simulator has no HTTP port. */
    public String hlsUri() {
        return httpUri("/index.m3u8");
    }

    private String httpUri(String ending) {
        return httpBase.isEmpty() ? "" : httpBase + name + ending;
    }

    void atHttp(String base) {
        httpBase = base;
    }

    /** Frames in its clip. */
    public int framesInClip() {
        return clip.units().size();
    }

    /** Frames per second at which it is sent. */
    public double framesPerSecond() {
        return clip.framesPerSecond();
    }

    /** Frames sent so far, to all clients together; a frame that lost a packet counts too. */
    public long framesSent() {
        return framesSent.get();
    }

    /** RTP packets sent so far, to all clients together. */
    public long packetsSent() {
        return packetsSent.get();
    }

    /** RTP packets that {@link Fault#LOSS} kept back so far. */
    public long packetsLost() {
        return packetsLost.get();
    }

    /** How often a client began to receive a stream. */
    public long streamsStarted() {
        return streamsStarted.get();
    }

    /** Clients that receive a stream now. */
    public int clients() {
        return (int) clients.stream().filter(CameraClient::isPlaying).count();
    }

    /** Connections that are open now and have named this camera, playing or not. */
    public int connections() {
        return clients.size();
    }

    /** The lasting faults that it has now, with their amounts. */
    public Map<Fault, Double> faults() {
        return faults;
    }

    /** As {@link #inject(Fault, double)}, with the fault's usual amount. */
    public void inject(Fault fault) {
        inject(fault, fault.usualAmount());
    }

    /**
     * Makes the camera fail: until it is cleared, or once where the fault is momentary.
     *
     * @param amount as the fault says
     * @throws IllegalArgumentException where the amount is out of range
     * @throws IllegalStateException for {@link Fault#RESOLUTION_CHANGE} where the camera has no
     *     other clip
     */
    public void inject(Fault fault, double amount) {
        fault.check(amount);
        if (fault == Fault.RESOLUTION_CHANGE && otherClip == null) {
            throw new IllegalStateException(
                    "camera "
                            + name
                            + " has no other clip to change to; give one to the simulator");
        }
        if (fault.isLasting()) {
            change(now -> now.put(fault, amount));
        }
        switch (fault) {
            case DROP, WRONG_PASSWORD, NOT_FOUND -> clients.forEach(CameraClient::close);
            case RESET -> clients.forEach(CameraClient::reset);
            case END -> clients.forEach(CameraClient::end);
            case TIMESTAMP_JUMP ->
                    jumpedTicks.addAndGet(Math.round(amount * AccessUnit.TICKS_PER_SECOND));
            default -> {
                // Streams and connections look for themselves.
            }
        }
    }

    /** Ends that fault, where it has it. */
    public void clear(Fault fault) {
        change(now -> now.remove(fault));
    }

    /** Ends all faults. */
    public void clear() {
        change(Map::clear);
    }

    private synchronized void change(Consumer<Map<Fault, Double>> by) {
        Map<Fault, Double> changed = new EnumMap<>(Fault.class);
        changed.putAll(faults);
        by.accept(changed);
        faults = Map.copyOf(changed);
        onFaults.run();
    }

    boolean has(Fault fault) {
        return faults.containsKey(fault);
    }

    double amount(Fault fault) {
        return faults.getOrDefault(fault, fault.usualAmount());
    }

    long jumpedTicks() {
        return jumpedTicks.get();
    }

    Clip clip() {
        return clip;
    }

    /** The clip to be played, given its faults. */
    Clip clipNow() {
        return otherClip != null && has(Fault.RESOLUTION_CHANGE) ? otherClip : clip;
    }

    /** Length of what each client sees; 0 where it has no end, or not the same for all. */
    long lengthTicks() {
        return settings.joinsLive() ? 0 : rounds() * clip().durationTicks();
    }

    int rounds() {
        return settings.rounds();
    }

    boolean joinsLive() {
        return settings.joinsLive();
    }

    long reportNanos() {
        return settings.reports().toNanos();
    }

    long startNanos() {
        return clock.startNanos();
    }

    long epochNanos(long nanos) {
        return clock.epochNanos(nanos);
    }

    void add(CameraClient client) {
        clients.add(client);
    }

    void remove(CameraClient client) {
        clients.remove(client);
    }

    void closeClients() {
        clients.forEach(CameraClient::close);
    }

    void countStream() {
        streamsStarted.incrementAndGet();
    }

    void countSent(int frames, int packets) {
        framesSent.addAndGet(frames);
        packetsSent.addAndGet(packets);
    }

    void countLost() {
        packetsLost.incrementAndGet();
    }

    @Override
    public String toString() {
        return name + " " + faults;
    }
}
