package io.frametag.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTableTest {

    private static final CameraView STREET =
            new CameraView(
                    "street",
                    List.of(tag("car", 0.875), tag("bus", 0.0625), tag("bicycle", 0.004)),
                    4.0,
                    38,
                    61,
                    status("street", 120, 48, 70, Map.of("late", 2L)));

    private static final CameraView YARD = new CameraView("yard", List.of(), 0, -1, -1, null);

    private static Tag tag(String label, double probability) {
        return new Tag(label, 1, label, 0.2, probability);
    }

    private static StreamStatus status(
            String stream, long in, long tagged, long sampledOut, Map<String, Long> dropped) {
        return new StreamStatus(
                stream,
                0,
                StreamState.UP,
                in,
                tagged,
                sampledOut,
                dropped,
                Map.of(),
                0,
                null,
                null);
    }

    @Test
    void showsAllFiguresOnAWideTerminal() {
        assertThat(String.join("\n", new LiveTable(120, false).lines(List.of(STREET, YARD))))
                .isEqualTo(
                        """
                        CAMERA       TAGS                                  FRAMES/S  LATENCY P50/P95  TAGGED      IN SAMPLED OUT DROPPED FAILED
                        street       car                  ████████▊   88 %      4.0       38 / 61 ms      48     120          70       2      0
                                     bus                  ▋            6 %
                                     bicycle                           0 %
                        yard         starting                                   0.0                -       -       -           -       -      -

                        """);
    }

    @Test
    void leavesOutFiguresOnANarrowTerminal() {
        assertThat(String.join("\n", new LiveTable(80, false).lines(List.of(STREET))))
                .isEqualTo(
                        """
                        CAMERA       TAGS                                     FRAMES/S  LATENCY P50/P95
                        street       car                  ███████████▍   88 %      4.0       38 / 61 ms
                                     bus                  ▉               6 %
                                     bicycle                              0 %""");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 20, 40, 47, 60, 80, 100, 132, 300})
    void noLineIsWiderThanTheTerminal(int width) {
        assertThat(new LiveTable(width, false).lines(List.of(STREET, YARD)))
                .allSatisfy(
                        line ->
                                assertThat(line.codePointCount(0, line.length()))
                                        .isLessThanOrEqualTo(width));
    }

    @Test
    void coloursChangeNoLetter() {
        List<String> plain = new LiveTable(100, false).lines(List.of(STREET, YARD));
        List<String> coloured = new LiveTable(100, true).lines(List.of(STREET, YARD));

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void aCameraWithAnErrorSaysWhy() {
        StreamStatus refused =
                new StreamStatus(
                        "gate",
                        0,
                        StreamState.REFUSED,
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        0,
                        null,
                        "no video in it");
        CameraView gate = new CameraView("gate", List.of(), 0, -1, -1, refused);

        assertThat(new LiveTable(100, false).lines(List.of(gate)).get(1))
                .contains("refused: no video in it");
    }

    @Test
    void barsGrowByEighths() {
        assertThat(LiveTable.bar(1, 4)).isEqualTo("████");
        assertThat(LiveTable.bar(0.5, 4)).isEqualTo("██");
        assertThat(LiveTable.bar(1 / 32.0, 4)).isEqualTo("▏");
        assertThat(LiveTable.bar(0, 4)).isEmpty();
    }
}
