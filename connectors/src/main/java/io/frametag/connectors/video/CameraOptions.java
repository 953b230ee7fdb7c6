package io.frametag.connectors.video;

import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of live streams, for configuration files; {@link CameraSettings} reads them. */
@PublicEvolving
public final class CameraOptions {

    public static final ConfigOption<List<String>> ALLOWED_SCHEMES =
            ConfigOptions.key("frametag.cameras.allowed-schemes")
                    .stringType()
                    .asList()
                    .defaultValues(
                            "file", "rtsp", "rtsps", "http", "https", "srt", "udp", "rtmp", "rtmps",
                            "v4l2")
                    .withDescription("Schemes of addresses that are read; others are refused.");

    public static final ConfigOption<List<String>> ALLOWED_HOSTS =
            ConfigOptions.key("frametag.cameras.allowed-hosts")
                    .stringType()
                    .asList()
                    .defaultValues("*")
                    .withDescription(
                            "Hosts that are connected to, as patterns such as *.cameras.example or"
                                    + " 10.0.7.*; others are refused.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            ConfigOptions.key("frametag.cameras.connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(3))
                    .withDescription("How long a camera may take to answer when it is opened.");

    public static final ConfigOption<Duration> STALL_TIMEOUT =
            ConfigOptions.key("frametag.cameras.stall-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(8))
                    .withDescription(
                            "After which an open camera without a frame counts as stalled and is"
                                    + " opened again.");

    public static final ConfigOption<Duration> RETRY_FIRST =
            ConfigOptions.key("frametag.cameras.retry.first")
                    .durationType()
                    .defaultValue(Duration.ofMillis(250))
                    .withDescription(
                            "Longest wait before a camera that was lost is opened again; it doubles"
                                    + " with each try. The wait itself is random, up to that.");

    public static final ConfigOption<Duration> RETRY_MOST =
            ConfigOptions.key("frametag.cameras.retry.most")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription("What the wait before the next try doubles up to.");

    public static final ConfigOption<Duration> RETRY_REFUSED =
            ConfigOptions.key("frametag.cameras.retry.refused")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "Wait before the next try where someone has to change something first:"
                                    + " a wrong password, a path that is not there.");

    public static final ConfigOption<Duration> ABANDON_AFTER =
            ConfigOptions.key("frametag.cameras.abandon-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "How long a call into FFmpeg may go on after it was asked to end; then"
                                    + " its thread is left behind, and counted.");

    public static final ConfigOption<Duration> CLOCK_TOLERANCE =
            ConfigOptions.key("frametag.cameras.clock-tolerance")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How far a camera's clock may be from ours for its frame times to be"
                                    + " taken.");

    static final List<ConfigOption<?>> ALL =
            List.of(
                    ALLOWED_SCHEMES,
                    ALLOWED_HOSTS,
                    CONNECT_TIMEOUT,
                    STALL_TIMEOUT,
                    RETRY_FIRST,
                    RETRY_MOST,
                    RETRY_REFUSED,
                    ABANDON_AFTER,
                    CLOCK_TOLERANCE);

    private CameraOptions() {}
}
