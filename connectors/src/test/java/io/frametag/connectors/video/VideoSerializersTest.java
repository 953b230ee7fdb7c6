package io.frametag.connectors.video;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VideoSerializersTest {

    /** What version 1 wrote; it must stay readable. */
    private static final String SPLIT_V1 =
            "0006"
                    + HexFormat.of().formatHex("camera".getBytes())
                    + "0005"
                    + HexFormat.of().formatHex("a.mp4".getBytes())
                    + "0100"
                    + "0000000000000001"
                    + "0000000000000002"
                    + "0000000000000003"
                    + "0000000000000004"
                    + "0000000000000005"
                    + "0000000000000006"
                    + "0000000000000007"
                    + "01";

    /** Between them: the stream's own settings, here none. */
    private static final String SPLIT_V2 =
            SPLIT_V1.substring(0, 30) + "00" + SPLIT_V1.substring(30);

    private static final VideoStream STREAM = VideoStream.of("camera", "a.mp4");

    private static final VideoPosition POSITION =
            new VideoPosition(true, false, 1, 2, 3, 4, 5, 6, 7, true);

    private static final VideoSplit SPLIT = new VideoSplit(STREAM, POSITION);

    @Test
    void splitsOfAllVersionsStayReadable() throws IOException {
        VideoSplitSerializer serializer = new VideoSplitSerializer();

        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(SPLIT_V2);
        assertThat(serializer.deserialize(3, HexFormat.of().parseHex(SPLIT_V2))).isEqualTo(SPLIT);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(SPLIT_V1))).isEqualTo(SPLIT);
        assertThat(serializer.deserialize(2, HexFormat.of().parseHex(SPLIT_V2))).isEqualTo(SPLIT);
    }

    @Test
    void whatAStreamHasOfItsOwnIsKept() throws IOException {
        VideoSplitSerializer serializer = new VideoSplitSerializer();
        VideoStream full =
                STREAM.sampling(new Sampling(2))
                        .keyframesOnly(true)
                        .playback(
                                Playback.AS_FAST_AS_POSSIBLE.startTime(
                                        Instant.ofEpochSecond(3, 4)));
        for (VideoStream stream :
                List.of(
                        full,
                        full.playback(Playback.REAL_TIME.loop(true)),
                        full.keyframesOnly(false),
                        full.delivery(Delivery.freshest(Duration.ofMillis(700)))
                                .transport(RtspTransport.UDP),
                        full.sampling(Sampling.parse("2fps+motion:0.5%:30s"))
                                .transport(RtspTransport.TCP)
                                .delivery(Delivery.complete()),
                        full.sampling(null).playback(null))) {
            VideoSplit split = new VideoSplit(stream, POSITION);

            assertThat(serializer.deserialize(3, serializer.serialize(split))).isEqualTo(split);
        }
        String written =
                HexFormat.of().formatHex(serializer.serialize(new VideoSplit(full, POSITION)));
        assertThat(written)
                .startsWith(SPLIT_V1.substring(0, 30))
                .contains(
                        "0f"
                                + "4000000000000000"
                                + "0000"
                                + "000001"
                                + "0000000000000003"
                                + "00000004");
    }

    @Test
    void enumeratorStatesOfAllVersionsStayReadable() throws IOException {
        VideoEnumeratorStateSerializer serializer = new VideoEnumeratorStateSerializer();
        String camera = SPLIT_V1.substring(0, 16);
        String known = "00000002" + "000162" + camera;
        String first = "00000001" + SPLIT_V1 + known;
        VideoEnumeratorState state =
                new VideoEnumeratorState(
                        List.of(SPLIT),
                        Set.of("camera", "b"),
                        Map.of("camera", STREAM),
                        Map.of("b", 9L));
        String second =
                "00000001"
                        + SPLIT_V2
                        + known
                        + "00000001"
                        + SPLIT_V2.substring(0, 32)
                        + "00000001"
                        + "000162"
                        + "0000000000000009";

        assertThat(HexFormat.of().formatHex(serializer.serialize(state))).isEqualTo(second);
        assertThat(serializer.deserialize(2, HexFormat.of().parseHex(second))).isEqualTo(state);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(first)))
                .isEqualTo(
                        new VideoEnumeratorState(
                                List.of(SPLIT), Set.of("camera", "b"), Map.of(), Map.of()));
    }

    @Test
    void secretsAreNeverWritten() throws IOException {
        VideoSplitSerializer serializer = new VideoSplitSerializer();
        VideoStream stream =
                VideoStream.of("camera", "rtsp://me:canary@host/live?channel=1&token=canary2");
        VideoStream read =
                serializer
                        .deserialize(3, serializer.serialize(new VideoSplit(stream, POSITION)))
                        .stream();

        assertThat(new String(serializer.serialize(new VideoSplit(stream, POSITION)), ISO_8859_1))
                .contains("host/live")
                .doesNotContain("canary");
        assertThat(read.secrets()).isNull();
        assertThat(read.isAs(stream)).isTrue();
    }

    @Test
    void aStreamOfVersionTwoStaysReadable() throws IOException {
        String sampled =
                SPLIT_V1.substring(0, 30) + "01" + "4000000000000000" + SPLIT_V1.substring(30);

        assertThat(new VideoSplitSerializer().deserialize(2, HexFormat.of().parseHex(sampled)))
                .isEqualTo(new VideoSplit(STREAM.sampling(new Sampling(2)), POSITION));
    }

    @Test
    void versionsOfTheFutureAreRefused() {
        assertThatThrownBy(() -> new VideoSplitSerializer().deserialize(4, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 4");
    }
}
