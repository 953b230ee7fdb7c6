package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, secrets, clocks and waits of live streams. */
final class LiveStreamPartsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://me:canary@host/live",
                "rtsp://me:can@canary@host/live",
                "rtsp://me:canary/canary@host/live",
                "rtsp://me:%63anary%40@host:554/live?channel=1",
                "http://host/cam?password=canary&channel=2",
                "http://host/cam?x=1&token=canary",
                "http://host/user=me_password=canary_channel=1",
                "srt://host:9000?passphrase=canary",
                "look at rtsp://me:canary@host, it fails"
            })
    void nothingSecretIsShown(String text) {
        assertThat(Redaction.of(text)).doesNotContain("canary", "%63anary").contains("host");
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://me:canary@host/live, rtsp://${given}@host/live",
        "rtsp://me:${env:CAM}@host/live, rtsp://me:${env:CAM}@host/live",
        "rtsp://${file:/run/cam1}@host/live, rtsp://${file:/run/cam1}@host/live",
        "http://host/a?token=canary&b=1, http://host/a?token=${given}&b=1",
        "http://u:p@host/a?key=canary, http://${given}@host/a?key=${given}",
        "udp://@239.0.0.1:1234, udp://@239.0.0.1:1234",
        "clips/street.mp4, clips/street.mp4"
    })
    void secretsAreTakenOutOfAddressesAndPutBack(String uri, String stored) throws Exception {
        StreamSecrets.Concealed concealed = StreamSecrets.conceal(uri);

        assertThat(concealed.uri()).isEqualTo(stored);
        if (!uri.contains("${")) {
            assertThat(StreamSecrets.reveal(stored, concealed.secrets(), name -> null))
                    .isEqualTo(uri);
        }
    }

    @Test
    void referencesAreResolvedWhereTheStreamIsOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "a b/c\n");
        String uri = "rtsp://${env:USER_NAME}:${file:" + file + "}@host/live";

        assertThat(StreamSecrets.reveal(uri, List.of(), Map.of("USER_NAME", "me@home")::get))
                .isEqualTo("rtsp://me%40home:a%20b%2Fc@host/live");
        assertThatThrownBy(() -> StreamSecrets.reveal(uri, List.of(), name -> null))
                .hasMessageContaining("${env:USER_NAME}")
                .matches(e -> ((VideoException) e).isRefused());
        assertThatThrownBy(() -> StreamSecrets.reveal("rtsp://${given}@host", null, name -> null))
                .hasMessageContaining("have not come yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://",
                "rtsp:///live",
                "rtsp://host:0/",
                "rtsp://host:99999/",
                "rtsp:host/a",
                "http://ho st/a",
                "udp://239.0.0.1",
                "v4l2:///etc/passwd",
                "v4l2:///dev/../etc"
            })
    void addressesThatMakeNoSenseAreRefused(String uri) {
        assertThatThrownBy(() -> StreamAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be read");
    }

    @Test
    void schemesAndHostsCanBeLimited() throws Exception {
        CameraSettings settings =
                CameraSettings.with(
                        o ->
                                o.set(CameraOptions.ALLOWED_SCHEMES, List.of("rtsp"))
                                        .set(
                                                CameraOptions.ALLOWED_HOSTS,
                                                List.of("10.0.7.*", "*.cams.example")));
        settings.check(StreamAddress.parse("rtsp://10.0.7.12/a"));
        settings.check(StreamAddress.parse("rtsp://Gate.CAMS.example/a"));

        for (String uri : List.of("http://10.0.7.12/a", "rtsp://10.0.8.1/a", "rtsp://x/10.0.7.1")) {
            assertThatThrownBy(() -> settings.check(StreamAddress.parse(uri)))
                    .hasMessageContaining("frametag.cameras.allowed-");
        }
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(
                        () ->
                                CameraSettings.with(
                                        o -> o.set(CameraOptions.STALL_TIMEOUT, Duration.ZERO)))
                .hasMessageContaining("frametag.cameras.stall-timeout (PT0S) must be >= 1 ms");
        assertThatThrownBy(
                        () ->
                                CameraSettings.with(
                                        o -> o.set(CameraOptions.ALLOWED_SCHEMES, List.of("ftp"))))
                .hasMessageContaining("allowed-schemes (ftp)");
    }

    @Test
    void waitsAreRandomUpToABoundThatDoubles() {
        long[] longest = new long[6];
        for (int seed = 0; seed < 500; seed++) {
            Backoff backoff =
                    new Backoff(
                            Duration.ofMillis(250),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(60),
                            new Random(seed));
            for (int i = 0; i < longest.length; i++) {
                longest[i] = Math.max(longest[i], backoff.afterFailure().toMillis());
            }
            assertThat(backoff.afterRefusal())
                    .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(60));
            backoff.reset();
            assertThat(backoff.afterFailure()).isLessThanOrEqualTo(Duration.ofMillis(250));
        }
        long[] bounds = {250, 500, 1_000, 2_000, 2_000, 2_000};
        for (int i = 0; i < bounds.length; i++) {
            assertThat(longest[i]).isBetween(bounds[i] * 9 / 10, bounds[i]);
        }
    }

    @Test
    void theSendersTimeGoesBeforeTimestampsAndTheseBeforeArrival() {
        LiveClock clock = new LiveClock(30_000, 0);

        assertThat(clock.time(null, null, 1_000_000)).isEqualTo(1_000_000);
        assertThat(clock.source()).isEqualTo(LiveClock.Source.ARRIVAL);
        assertThat(clock.time(40L, null, 1_000_050)).isEqualTo(1_000_050);
        assertThat(clock.time(80L, null, 1_000_200)).isEqualTo(1_000_090);
        assertThat(clock.source()).isEqualTo(LiveClock.Source.TIMESTAMPS);
        assertThat(clock.time(120L, 1_000_000L, 1_000_300)).isEqualTo(1_000_120);
        assertThat(clock.source()).isEqualTo(LiveClock.Source.SENDER);
    }

    @Test
    void aClockThatIsWrongIsNotBelievedAndTimeNeverGoesBack() {
        LiveClock clock = new LiveClock(30_000, 0);

        assertThat(clock.time(0L, 3_600_000_000L, 1_000_000)).isEqualTo(1_000_000);
        assertThat(clock.source()).isEqualTo(LiveClock.Source.TIMESTAMPS);
        assertThat(clock.time(9_000_000L, null, 1_000_040)).as("a jump").isEqualTo(1_000_040);
        assertThat(clock.time(-9_000_000L, null, 1_000_080)).as("and back").isEqualTo(1_000_080);
        assertThat(clock.jumps()).isEqualTo(2);
        assertThat(clock.time(0L, 1_000_000L, 1_000_100)).isEqualTo(1_000_080);
        assertThat(clock.clamped()).isEqualTo(1);
    }
}
