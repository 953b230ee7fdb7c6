package io.frametag.connectors.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Experimental;

/**
 * What can go wrong with a simulated camera, each with what its clients see. A lasting fault holds
 * until it is cleared; a momentary one happens once. Several can hold at a time.
 */
@Experimental
public enum Fault {
    /**
     * The connection stays and requests are answered, but no data come, as from an encoder that
     * hangs. Once cleared, the stream goes on at the present, with a gap in its timestamps.
     */
    STALL(true),

    /**
     * Connections are accepted and nothing is ever answered or sent, on those that are open as on
     * new ones, as from a camera that ran out of memory.
     */
    SILENT(true),

    /**
     * Connections are closed, and a new one is closed as soon as it names the camera. Where all
     * cameras of the simulator have this fault, its RTSP port refuses connections.
     */
    DROP(true),

    /** Connections are reset (TCP RST), once, as by a router that restarts. New ones are served. */
    RESET(false),

    /**
     * Connections are closed; every request is answered with 401, whatever the password, as after
     * someone changed it.
     */
    WRONG_PASSWORD(true),

    /**
     * Data come more slowly than they should, packet by packet. The amount is the fraction of the
     * usual rate. The stream falls behind; once cleared, it goes on at the present.
     */
    SLOW(true, 0.25, 0.001, 1, "the fraction of the usual rate"),

    /**
     * Packets are damaged: bytes of their payload are random, and over TCP packets of an unknown
     * channel come between. The amount is the share of packets.
     */
    GARBAGE(true, 0.2, 0, 1, "the share of packets that are damaged"),

    /** Packets are missing; their sequence numbers tell. The amount is the share of packets. */
    LOSS(true, 0.1, 0, 1, "the share of packets that are lost"),

    /**
     * The picture has another size in mid-stream, as after someone changed the camera's settings:
     * another clip is played, with its parameter sets in the stream and a session description that
     * is out of date. Once cleared, the first clip is back.
     */
    RESOLUTION_CHANGE(true),

    /**
     * Timestamps jump, once, as when a camera sets its clock; the next sender report follows them.
     * The amount is in seconds and may be negative.
     */
    TIMESTAMP_JUMP(false, 3600, -36_000, 36_000, "seconds by which timestamps jump"),

    /** Streams end in order, once: RTCP BYE, then the connection is closed. New ones are served. */
    END(false),

    /** Connections are closed; every request is answered with 404. */
    NOT_FOUND(true);

    private final boolean lasting;
    private final double usualAmount;
    private final double least;
    private final double most;
    private final String meaning;

    Fault(boolean lasting) {
        this(lasting, 1, 1, 1, "");
    }

    Fault(boolean lasting, double usualAmount, double least, double most, String meaning) {
        this.lasting = lasting;
        this.usualAmount = usualAmount;
        this.least = least;
        this.most = most;
        this.meaning = meaning;
    }

    /** Whether it holds until it is cleared; else it happens once. */
    public boolean isLasting() {
        return lasting;
    }

    /** The amount where none is given. */
    public double usualAmount() {
        return usualAmount;
    }

    /** Its name as users type it, such as {@code wrong-password}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The fault of that name.
     *
     * @throws IllegalArgumentException where there is none; the message lists all
     */
    public static Fault of(String id) {
        for (Fault fault : values()) {
            if (fault.id().equalsIgnoreCase(id)) {
                return fault;
            }
        }
        throw new IllegalArgumentException(
                "fault '"
                        + id
                        + "' is unknown; there are "
                        + Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", ")));
    }

    /**
     * Checks an amount.
     *
     * @throws IllegalArgumentException where it is out of range
     */
    public void check(double amount) {
        if (!(amount >= least && amount <= most)) {
            throw new IllegalArgumentException(
                    meaning.isEmpty()
                            ? "fault " + id() + " takes no amount"
                            : "amount of fault %s (%s) must be from %s to %s: %s"
                                    .formatted(id(), amount, least, most, meaning));
        }
    }
}
