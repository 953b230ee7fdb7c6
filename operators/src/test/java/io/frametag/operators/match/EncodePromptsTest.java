package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.model.TestingModels;
import io.frametag.operators.model.TestingTextModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
final class EncodePromptsTest {

    private static final TestingModels MODELS = new TestingModels("m");
    private static final Duration IDLE = Duration.ofSeconds(60);

    private static OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> harness(
            EncoderModels models) throws Exception {
        return harness(models, TestingEncodingThread::new);
    }

    private static OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> harness(
            EncoderModels models, EncodingThread.Factory threads) throws Exception {
        OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new EncodePrompts(models, 3, IDLE, threads));
        harness.setup(new PromptSetChangeSerializer());
        return harness;
    }

    private static PromptChange put(String id, long version) {
        return PromptChange.put(version, Prompt.of(id, "a " + id));
    }

    private static List<String> steps(
            OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> harness) {
        return harness.extractOutputValues().stream().map(EncodePromptsTest::step).toList();
    }

    private static String step(PromptSetChange change) {
        String what = "complete";
        if (change instanceof PromptSetChange.Put put) {
            what = "put " + put.prompt().prompt().id() + " v" + put.prompt().version();
        } else if (change instanceof PromptSetChange.Delete delete) {
            what = "delete " + delete.id();
        }
        return change.setVersion() + " " + what;
    }

    @Test
    void theLastVersionWinsAndWhatAltersNothingIsNotCounted() throws Exception {
        try (var harness = harness(MODELS)) {
            harness.open();
            for (PromptChange change :
                    List.of(
                            put("dog", 5),
                            put("dog", 5),
                            put("dog", 4),
                            PromptChange.delete("dog", 3),
                            put("dog", 6),
                            PromptChange.delete("cat", 7),
                            PromptChange.snapshotEnd(),
                            PromptChange.delete("dog", 8),
                            PromptChange.delete("dog", 8),
                            put("dog", 7),
                            put("dog", 9))) {
                harness.processElement(change, 0);
            }

            assertThat(steps(harness))
                    .containsExactly(
                            "1 put dog v5",
                            "2 put dog v6",
                            "2 complete",
                            "3 delete dog",
                            "4 put dog v9");
        }
    }

    @Test
    void whatCannotBeEncodedIsReportedAndTheRestGoesOn() throws Exception {
        Prompt noText = new Prompt("t", "t", List.of(), List.of(), List.of(), null, null, Set.of());
        try (var harness = harness(MODELS)) {
            harness.open();
            harness.processElement(
                    PromptChange.put(1, Prompt.of("bad", TestingModels.UNSPEAKABLE)), 0);
            harness.processElement(PromptChange.put(2, noText), 0);
            for (int i = 0; i < 4; i++) {
                harness.processElement(put("p" + i, 3 + i), 0);
            }

            assertThat(steps(harness)).containsExactly("1 put p0 v3", "2 put p1 v4", "3 put p2 v5");
            assertThat(harness.getSideOutput(EncodePrompts.FAILED))
                    .extracting(record -> record.getValue())
                    .extracting(FailedPrompt::id, FailedPrompt::reason)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("bad", "encoder-error"),
                            org.assertj.core.groups.Tuple.tuple("t", "invalid"),
                            org.assertj.core.groups.Tuple.tuple("p3", "too-many"));
        }
    }

    @Test
    void versionsSurviveARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(MODELS)) {
            harness.open();
            harness.processElement(put("dog", 5), 0);
            harness.processElement(put("cat", 6), 0);
            harness.processElement(PromptChange.delete("cat", 7), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(MODELS)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(put("dog", 5), 0);
            harness.processElement(put("cat", 6), 0);
            harness.processElement(put("bird", 8), 0);

            assertThat(steps(harness)).containsExactly("3 complete", "4 put bird v8");
        }
    }

    @Test
    void withAnotherModelAllPromptsAreEncodedAnewWithoutAnyInput() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(MODELS)) {
            harness.open();
            harness.processElement(put("dog", 5), 0);
            harness.processElement(put("cat", 6), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            snapshot = harness.snapshot(1, 1);
        }
        TestingModels other = new TestingModels("other");
        try (var harness = harness(other)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.setProcessingTime(1);

            assertThat(steps(harness))
                    .containsExactly("2 put dog v5", "2 put cat v6", "2 complete");
            PromptSetChange.Put put = (PromptSetChange.Put) harness.extractOutputValues().get(0);
            assertThat(put.prompt().model()).isEqualTo(other.id());
            assertThat(put.prompt().vector()).isEqualTo(TestingModels.vector(other.id(), "a dog"));
        }
    }

    @Test
    void aBoundedSourceWithoutTheMarkIsCompleteAtItsEnd() throws Exception {
        try (var harness = harness(MODELS)) {
            harness.open();
            harness.processElement(put("dog", 5), 0);
            harness.endInput();

            assertThat(steps(harness)).containsExactly("1 put dog v5", "1 complete");
        }
    }

    @Test
    void textsInTemplatesAreAveragedAndCached() throws Exception {
        TestingTextModel model = new TestingTextModel(MODELS.id());
        PromptEncoder encoder = new PromptEncoder(model, new TextVectors());
        Prompt prompt =
                new Prompt(
                        "dog",
                        "dog",
                        List.of("dog", "puppy"),
                        List.of("a {}", "one {}"),
                        List.of("cat"),
                        null,
                        null,
                        Set.of());

        EncodedPrompt encoded = encoder.encode(prompt, 1);
        int calls = model.encoded().size();
        encoder.encode(prompt, 2);

        assertThat(model.encoded()).hasSize(calls).contains("a dog", "one puppy", "a cat");
        float[] sum = new float[TestingModels.SIZE];
        for (String text : List.of("a dog", "a puppy", "one dog", "one puppy")) {
            float[] vector = TestingModels.vector(MODELS.id(), text);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double length = 0;
        double cosine = 0;
        for (int i = 0; i < sum.length; i++) {
            length += sum[i] * sum[i];
            cosine += sum[i] * encoded.vector()[i];
        }
        assertThat(cosine / Math.sqrt(length)).isCloseTo(1, within(1e-6));
        assertThat(encoded.negatives()).hasSize(1);
    }

    @Test
    void whileAPromptIsEncodedOthersWaitInTheirOrderAndGoTogether() throws Exception {
        TestingEncodingThread thread = TestingEncodingThread.byHand();
        try (var harness = harness(MODELS, TestingEncodingThread::given)) {
            harness.open();
            harness.processElement(put("dog", 1), 0);
            harness.processElement(put("cat", 2), 0);
            harness.processElement(
                    PromptChange.put(3, Prompt.of("bad", TestingModels.UNSPEAKABLE)), 0);
            harness.processElement(put("dog", 4), 0);
            harness.processElement(PromptChange.delete("cat", 5), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            assertThat(steps(harness)).isEmpty();

            thread.runNext();
            harness.setProcessingTime(EncodePrompts.POLL_MILLIS);
            assertThat(steps(harness)).containsExactly("1 put dog v1");

            thread.runNext();
            harness.setProcessingTime(2 * EncodePrompts.POLL_MILLIS);
            assertThat(steps(harness))
                    .containsExactly(
                            "1 put dog v1",
                            "2 put cat v2",
                            "3 put dog v4",
                            "4 delete cat",
                            "4 complete");
            assertThat(harness.getSideOutput(EncodePrompts.FAILED)).hasSize(1);
        }
    }

    @Test
    void whatIsBeingEncodedIsInTheCheckpoint() throws Exception {
        OperatorSubtaskState snapshot;
        TestingEncodingThread thread = TestingEncodingThread.byHand();
        try (var harness = harness(MODELS, TestingEncodingThread::given)) {
            harness.open();
            harness.processElement(put("dog", 1), 0);
            thread.runNext();
            harness.setProcessingTime(EncodePrompts.POLL_MILLIS);
            harness.processElement(put("cat", 2), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(MODELS)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.setProcessingTime(1);

            assertThat(steps(harness)).containsExactly("2 put cat v2", "2 complete");
        }
    }

    @Test
    void whilePromptsAreEncodedAnewACheckpointStillIsTheOldModels() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(MODELS)) {
            harness.open();
            harness.processElement(put("dog", 5), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            snapshot = harness.snapshot(1, 1);
        }
        TestingModels other = new TestingModels("another");
        TestingEncodingThread.byHand();
        try (var harness = harness(other, TestingEncodingThread::given)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.setProcessingTime(1);
            harness.processElement(put("cat", 6), 0);
            snapshot = harness.snapshot(2, 2);
            assertThat(steps(harness)).isEmpty();
        }
        try (var harness = harness(other)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.setProcessingTime(1);

            assertThat(steps(harness))
                    .containsExactly("1 put dog v5", "1 complete", "2 put cat v6");
        }
    }

    @Test
    void anIdleEncoderIsFreedOnce() throws Exception {
        ControlledModels models = new ControlledModels("idle-texts");
        try (var harness = harness(models)) {
            harness.open();
            harness.setProcessingTime(1);
            TestingTextModel model = models.openedTexts().get(0);
            harness.setProcessingTime(30_000);
            harness.processElement(put("dog", 1), 0);
            harness.setProcessingTime(70_000);
            assertThat(model.rests()).isZero();

            harness.setProcessingTime(90_000);
            assertThat(model.rests()).isEqualTo(1);
            harness.setProcessingTime(900_000);
            assertThat(model.rests()).isEqualTo(1);

            harness.processElement(put("cat", 2), 0);
            harness.setProcessingTime(960_000);
            assertThat(model.rests()).isEqualTo(2);
            assertThat(steps(harness)).containsExactly("1 put dog v1", "2 put cat v2");
        }
        assertThat(models.openedTexts()).hasSize(1).allMatch(TestingTextModel::isClosed);
    }

    @Test
    void knownTextsAreNotEncodedAgainNeitherHereNorAfterARestartNorInAnotherJob() throws Exception {
        ControlledModels models = new ControlledModels("known-texts");
        OperatorSubtaskState snapshot;
        try (var harness = harness(models)) {
            harness.open();
            harness.processElement(put("dog", 1), 0);
            harness.processElement(put("dog", 2), 0);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(models)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(put("dog", 3), 0);
        }
        try (var harness = harness(models)) {
            harness.open();
            harness.processElement(put("dog", 1), 0);
            assertThat(steps(harness)).containsExactly("1 put dog v1");
        }

        assertThat(models.openedTexts()).hasSize(3);
        assertThat(models.openedTexts().get(0).encoded()).contains("a dog").doesNotHaveDuplicates();
        assertThat(models.openedTexts().get(1).encoded()).isEmpty();
        assertThat(models.openedTexts().get(2).encoded()).isEmpty();
    }

    @Test
    void theEndOfInputWaitsForWhatIsBeingEncoded() throws Exception {
        try (var harness = harness(MODELS, EncodingThread::start)) {
            harness.open();
            for (int i = 0; i < 3; i++) {
                harness.processElement(put("p" + i, i), 0);
            }
            harness.endInput();

            assertThat(steps(harness))
                    .containsExactly("1 put p0 v0", "2 put p1 v1", "3 put p2 v2", "3 complete");
        }
    }
}
