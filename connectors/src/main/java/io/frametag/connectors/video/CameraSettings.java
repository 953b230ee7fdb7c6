package io.frametag.connectors.video;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What live streams may connect to and how long they may take: {@link CameraOptions}, looked at and
 * found sound. Immutable.
 */
@PublicEvolving
public final class CameraSettings implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int PIECES_FACTOR = 3;

    private final TreeSet<String> schemes;
    private final List<String> hosts;
    private final Duration connectTimeout;
    private final Duration stallTimeout;
    private final Duration retryFirst;
    private final Duration retryMost;
    private final Duration retryRefused;
    private final Duration abandonAfter;
    private final Duration clockTolerance;

    private CameraSettings(ReadableConfig options) {
        schemes = new TreeSet<>();
        options.get(CameraOptions.ALLOWED_SCHEMES).forEach(s -> schemes.add(scheme(s)));
        hosts =
                List.copyOf(
                        options.get(CameraOptions.ALLOWED_HOSTS).stream()
                                .map(host -> host.trim().toLowerCase(Locale.ROOT))
                                .toList());
        connectTimeout = positive(options, CameraOptions.CONNECT_TIMEOUT);
        stallTimeout = positive(options, CameraOptions.STALL_TIMEOUT);
        retryFirst = positive(options, CameraOptions.RETRY_FIRST);
        retryMost = positive(options, CameraOptions.RETRY_MOST);
        retryRefused = positive(options, CameraOptions.RETRY_REFUSED);
        abandonAfter = positive(options, CameraOptions.ABANDON_AFTER);
        clockTolerance = positive(options, CameraOptions.CLOCK_TOLERANCE);
        if (retryMost.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException(
                    "%s (%s) must be >= %s (%s)"
                            .formatted(
                                    CameraOptions.RETRY_MOST.key(),
                                    retryMost,
                                    CameraOptions.RETRY_FIRST.key(),
                                    retryFirst));
        }
    }

    private CameraSettings(CameraSettings other, Duration stallTimeout) {
        schemes = other.schemes;
        hosts = other.hosts;
        connectTimeout = other.connectTimeout;
        this.stallTimeout = stallTimeout;
        retryFirst = other.retryFirst;
        retryMost = other.retryMost;
        retryRefused = other.retryRefused;
        abandonAfter = other.abandonAfter;
        clockTolerance = other.clockTolerance;
    }

    /** For that address: playlists bring a piece at a time, so there is longer nothing. */
    CameraSettings of(StreamAddress address) {
        boolean inPieces = address.isHttp() && address.rest().contains(".m3u8");
        return inPieces ? new CameraSettings(this, stallTimeout.multipliedBy(PIECES_FACTOR)) : this;
    }

    public static CameraSettings defaults() {
        return new CameraSettings(new Configuration());
    }

    /**
     * Reads {@link CameraOptions}.
     *
     * @throws IllegalArgumentException where one is out of range; the message names it
     */
    public static CameraSettings fromConfiguration(ReadableConfig options) {
        return new CameraSettings(options);
    }

    /**
     * Reads {@link CameraOptions} given as text, such as {@code 20 s}; lists with semicolons.
     *
     * @throws IllegalArgumentException where a key is none of them or a value is out of range; the
     *     message is one line
     */
    public static CameraSettings parse(Map<String, String> values) {
        List<String> known = CameraOptions.ALL.stream().map(ConfigOption::key).toList();
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "option " + key + " is not known; known are " + String.join(", ", known));
            }
        }
        return fromConfiguration(Configuration.fromMap(values));
    }

    /** The defaults, but for what a test changes. */
    static CameraSettings with(UnaryOperator<Configuration> changes) {
        return new CameraSettings(changes.apply(new Configuration()));
    }

    private static String scheme(String text) {
        String scheme = text.trim().toLowerCase(Locale.ROOT);
        boolean local = Set.of(StreamAddress.FILE, StreamAddress.DEVICE).contains(scheme);
        if (!local && !StreamAddress.NETWORK.contains(scheme)) {
            throw new IllegalArgumentException(
                    "%s (%s) must be of file, v4l2, %s"
                            .formatted(
                                    CameraOptions.ALLOWED_SCHEMES.key(),
                                    text,
                                    String.join(", ", new TreeSet<>(StreamAddress.NETWORK))));
        }
        return scheme;
    }

    private static Duration positive(ReadableConfig options, ConfigOption<Duration> option) {
        Duration value = options.get(option);
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(option.key() + " (" + value + ") must be >= 1 ms");
        }
        return value;
    }

    /**
     * Whether that address may be read.
     *
     * @throws VideoException where it may not; the message says what does not allow it
     */
    void check(StreamAddress address) throws VideoException {
        if (!schemes.contains(address.scheme())) {
            throw VideoException.refused(
                    "%s is not read: %s allows %s"
                            .formatted(
                                    address.shown(),
                                    CameraOptions.ALLOWED_SCHEMES.key(),
                                    String.join(", ", schemes)));
        }
        if (address.isNetwork() && hosts.stream().noneMatch(h -> matches(h, address.host()))) {
            throw VideoException.refused(
                    "%s is not connected to: %s allows %s"
                            .formatted(
                                    address.shown(),
                                    CameraOptions.ALLOWED_HOSTS.key(),
                                    String.join(", ", hosts)));
        }
    }

    private static boolean matches(String pattern, String host) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            expression.append(expression.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return host.matches(expression.toString());
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration stallTimeout() {
        return stallTimeout;
    }

    Duration retryFirst() {
        return retryFirst;
    }

    Duration retryMost() {
        return retryMost;
    }

    Duration retryRefused() {
        return retryRefused;
    }

    Duration abandonAfter() {
        return abandonAfter;
    }

    Duration clockTolerance() {
        return clockTolerance;
    }
}
