package io.frametag.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckTest {

    /** 10 frames per second; frames 10 to 49 show a car, frames 60 to 79 a dog. */
    private static final String JSON =
            """
            {"clip": "street.mp4", "fps": 10, "frames": 100, "intervals": [
              {"startMs": 1000, "endMs": 5000, "label": "car"},
              {"startMs": 6000, "endMs": 8000, "label": "dog"}]}
            """;

    private GroundTruth truth;
    private Check check;

    @BeforeEach
    void parse() throws IOException {
        truth = GroundTruth.parse(JSON.getBytes(StandardCharsets.UTF_8));
        check = new Check(Map.of("street", truth));
    }

    private void see(long sequence, String... labels) {
        List<Tag> tags =
                List.of(labels).stream().map(label -> new Tag(label, 1, label, 0.3, 0.9)).toList();
        check.accept(
                new FrameTags("street", sequence, sequence * 100, new ModelId("m", "h"), 1, tags));
    }

    private void seeRange(int from, int to, String label) {
        for (int i = from; i < to; i++) {
            see(i, label);
        }
    }

    @Test
    void framesFallIntoIntervalsInEveryLoop() {
        assertThat(truth.at(9)).isEmpty();
        assertThat(truth.at(10)).get().extracting(GroundTruth.Interval::label).isEqualTo("car");
        assertThat(truth.at(49)).isPresent();
        assertThat(truth.at(50)).isEmpty();
        assertThat(truth.at(160)).get().extracting(GroundTruth.Interval::label).isEqualTo("dog");
    }

    @Test
    void passesAtExactlyTheLeastShare() {
        seeRange(10, 48, "car");
        seeRange(48, 50, "bus");
        seeRange(60, 80, "dog");

        assertThat(check.failures()).isEmpty();
        assertThat(check.lines())
                .containsExactly(
                        "ok    street         1.0 s to   5.0 s  car                    38 of  40"
                                + " frames,  95.0 % (else: bus 2)",
                        "ok    street         6.0 s to   8.0 s  dog                    20 of  20"
                                + " frames, 100.0 %");
    }

    @Test
    void failsUnderTheLeastShareAndNamesTheInterval() {
        seeRange(10, 47, "car");
        seeRange(47, 50, "bus");
        seeRange(60, 80, "dog");

        assertThat(check.failures()).containsExactly("street 1.0 s to 5.0 s (car)");
    }

    @Test
    void anIntervalThatWasNotSeenFails() {
        seeRange(10, 50, "car");

        assertThat(check.failures()).containsExactly("street 6.0 s to 8.0 s (dog)");
        assertThat(check.lines().get(1)).startsWith("FAIL").endsWith("not seen");
    }

    @Test
    void onlyTheTopTagCountsAndNoTagIsWrong() {
        see(10, "bus", "car");
        see(11);

        assertThat(check.lines().get(0)).contains("0 of   2 frames").contains("bus 1, no tag 1");
    }

    @Test
    void framesOfOtherStreamsAndBetweenIntervalsDoNotCount() {
        see(5, "bus");
        check.accept(new FrameTags("other", 20, 0, new ModelId("m", "h"), 1, List.of()));

        assertThat(check.lines()).allMatch(line -> line.endsWith("not seen"));
    }

    @Test
    void hasSeenAllOnceTheFirstLoopIsOver() {
        see(99, "car");
        assertThat(check.sawAll()).isFalse();
        see(101, "car");
        assertThat(check.sawAll()).isTrue();
    }
}
