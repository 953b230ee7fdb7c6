package io.frametag.operators.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
final class SampleFramesTest {

    /** Frames are 40 ms apart, so every fifth is kept. */
    private static KeyedOneInputStreamOperatorTestHarness<String, StreamItem, StreamItem> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new SampleFrames(new Sampling(5), Duration.ofSeconds(1))),
                StreamItem::stream,
                Types.STRING);
    }

    private static List<String> told(
            KeyedOneInputStreamOperatorTestHarness<String, StreamItem, StreamItem> harness) {
        return harness.extractOutputValues().stream().map(SampleFramesTest::told).toList();
    }

    private static String told(StreamItem item) {
        return item instanceof Frame frame
                ? "frame " + frame.sequence()
                : ((StreamReport) item).state() + " " + ((StreamReport) item).sampledOut();
    }

    @Test
    void framesLeftOutAreToldBeforeTheNextKeptAndAtTheEnd() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 13; i++) {
                harness.processElement(TestingModels.frame("a", i, "dog"), 0);
            }
            harness.processWatermark(Long.MAX_VALUE);
            harness.setProcessingTime(10_000);

            assertThat(told(harness))
                    .containsExactly("frame 0", "UP 4", "frame 5", "UP 4", "frame 10", "UP 2");
        }
    }

    @Test
    void framesLeftOutAreToldAfterAnIntervalAndWithTheSourcesReport() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(TestingModels.frame("a", 0, "dog"), 0);
            harness.processElement(TestingModels.frame("a", 1, "dog"), 0);
            harness.setProcessingTime(1_000);
            harness.processElement(TestingModels.frame("a", 2, "dog"), 0);
            harness.processElement(
                    new StreamReport("a", 0, StreamState.ENDED, 3, Map.of(), Map.of(), null), 0);
            harness.setProcessingTime(5_000);

            assertThat(told(harness)).containsExactly("frame 0", "UP 1", "ENDED 4");
        }
    }

    @Test
    void countAndPositionSurviveARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 3; i++) {
                harness.processElement(TestingModels.frame("a", i, "dog"), 0);
            }
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            for (int i = 3; i < 6; i++) {
                harness.processElement(TestingModels.frame("a", i, "dog"), 0);
            }

            assertThat(told(harness)).containsExactly("UP 4", "frame 5");
        }
    }
}
