package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
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

    private static final VideoSplit SPLIT =
            new VideoSplit(
                    "camera", "a.mp4", new VideoPosition(true, false, 1, 2, 3, 4, 5, 6, 7, true));

    @Test
    void splitsOfVersionOneStayReadable() throws IOException {
        VideoSplitSerializer serializer = new VideoSplitSerializer();

        assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(SPLIT_V1);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(SPLIT_V1))).isEqualTo(SPLIT);
    }

    @Test
    void enumeratorStatesOfVersionOneStayReadable() throws IOException {
        VideoEnumeratorState state =
                new VideoEnumeratorState(List.of(SPLIT), Set.of("camera", "b"));
        String written = "00000001" + SPLIT_V1 + "00000002" + "000162" + SPLIT_V1.substring(0, 16);
        VideoEnumeratorStateSerializer serializer = new VideoEnumeratorStateSerializer();

        assertThat(HexFormat.of().formatHex(serializer.serialize(state))).isEqualTo(written);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(written))).isEqualTo(state);
    }

    @Test
    void versionsOfTheFutureAreRefused() {
        assertThatThrownBy(() -> new VideoSplitSerializer().deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }
}
