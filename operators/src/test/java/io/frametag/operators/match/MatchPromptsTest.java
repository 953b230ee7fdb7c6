package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelId;
import io.frametag.operators.account.AccountEntry;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
final class MatchPromptsTest {

    private static final ModelId MODEL = new ModelId("m", "0");
    private static final ModelId OTHER = new ModelId("other", "0");

    private static KeyedBroadcastOperatorTestHarness<
                    String, FrameEmbedding, PromptSetChange, FrameTags>
            harness() throws Exception {
        MatchPrompts function =
                new MatchPrompts(
                        new Thresholds(0.3, 0.7), new GateLimits(3, Duration.ofSeconds(10)));
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        function, List.of(MatchPrompts.PROMPTS, MatchPrompts.FACTS)),
                FrameEmbedding::stream,
                Types.STRING,
                1,
                1,
                0);
    }

    private static StreamRecord<FrameEmbedding> frame(String stream, long sequence) {
        return frame(stream, sequence, MODEL);
    }

    private static StreamRecord<FrameEmbedding> frame(String stream, long sequence, ModelId model) {
        return new StreamRecord<>(
                new FrameEmbedding(
                        stream, sequence, sequence, sequence, model, new float[] {1, 0}));
    }

    private static StreamRecord<PromptSetChange> put(long setVersion, String id, ModelId model) {
        Prompt prompt =
                new Prompt(id, id, List.of(id), List.of(), List.of("not"), null, null, Set.of());
        return new StreamRecord<>(
                new PromptSetChange.Put(
                        setVersion,
                        new EncodedPrompt(
                                prompt,
                                setVersion,
                                model,
                                10,
                                new float[] {1, 0},
                                List.of(new float[] {0, 1}),
                                new float[] {0, 1})));
    }

    private static StreamRecord<PromptSetChange> complete(long setVersion, ModelId model) {
        return new StreamRecord<>(new PromptSetChange.Complete(setVersion, model));
    }

    private static StreamRecord<PromptSetChange> delete(long setVersion, String id) {
        return new StreamRecord<>(new PromptSetChange.Delete(setVersion, id));
    }

    private static List<String> told(
            KeyedBroadcastOperatorTestHarness<?, ?, ?, FrameTags> harness) {
        return harness.extractOutputValues().stream()
                .map(
                        t ->
                                t.stream()
                                        + t.sequence()
                                        + " set "
                                        + t.promptSetVersion()
                                        + " "
                                        + t.tags().stream().map(Tag::prompt).toList())
                .toList();
    }

    private static List<AccountEntry> entries(
            KeyedBroadcastOperatorTestHarness<?, ?, ?, FrameTags> harness) {
        var records = harness.getSideOutput(MatchPrompts.ENTRIES);
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    @Test
    void framesWaitUntilThePromptsAreCompleteAndKeepTheirOrder() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(frame("a", 0));
            harness.processBroadcastElement(put(1, "dog", MODEL));
            harness.processElement(frame("b", 0));
            harness.processElement(frame("a", 1));
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.processBroadcastElement(complete(1, MODEL));
            harness.processElement(frame("a", 2));

            assertThat(told(harness))
                    .containsExactlyInAnyOrder(
                            "a0 set 1 [dog]", "a1 set 1 [dog]", "a2 set 1 [dog]", "b0 set 1 [dog]");
            assertThat(told(harness).stream().filter(t -> t.startsWith("a"))).isSorted();
            assertThat(entries(harness))
                    .hasSize(4)
                    .hasOnlyElementsOfType(AccountEntry.Tagged.class);
        }
    }

    @Test
    void tooManyWaitingFramesDropTheOldest() throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < 5; i++) {
                harness.processElement(frame("a", i));
            }
            harness.processBroadcastElement(complete(0, MODEL));

            assertThat(told(harness)).containsExactly("a2 set 0 []", "a3 set 0 []", "a4 set 0 []");
            AccountEntry dropped = new AccountEntry.Dropped("a", MatchPrompts.NO_PROMPTS);
            AccountEntry tagged = new AccountEntry.Tagged("a");
            assertThat(entries(harness)).containsExactly(dropped, dropped, tagged, tagged, tagged);
        }
    }

    @Test
    void afterTheLongestWaitAStreamGoesOnWithThePromptsThereAre() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processBroadcastElement(put(1, "dog", MODEL));
            harness.processElement(frame("a", 0));
            harness.setProcessingTime(10_000);
            harness.processElement(frame("a", 1));

            assertThat(told(harness)).containsExactly("a0 set 1 [dog]", "a1 set 1 [dog]");
        }
    }

    @Test
    void theEndOfInputLetsWaitingFramesPass() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(frame("a", 0));
            harness.watermark(Long.MAX_VALUE);

            assertThat(told(harness)).containsExactly("a0 set 0 []");
        }
    }

    @Test
    void aPromptPutOrDeletedCountsFromTheNextFrameOn() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processBroadcastElement(complete(0, MODEL));
            harness.processElement(frame("a", 0));
            harness.processBroadcastElement(put(1, "dog", MODEL));
            harness.processElement(frame("a", 1));
            harness.processBroadcastElement(delete(2, "dog"));
            harness.processElement(frame("a", 2));

            assertThat(told(harness))
                    .containsExactly("a0 set 0 []", "a1 set 1 [dog]", "a2 set 2 []");
        }
    }

    @Test
    void promptsAndWaitingFramesSurviveARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            harness.processBroadcastElement(put(1, "dog", MODEL));
            harness.processElement(frame("a", 0));
            harness.processElement(frame("a", 1));
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(frame("a", 2));
            harness.processBroadcastElement(complete(1, MODEL));

            assertThat(told(harness))
                    .containsExactly("a0 set 1 [dog]", "a1 set 1 [dog]", "a2 set 1 [dog]");
        }
    }

    @Test
    void afterAModelChangeFramesWaitForThePromptsToBeEncodedAnew() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.open();
            harness.processBroadcastElement(put(1, "dog", MODEL));
            harness.processBroadcastElement(complete(1, MODEL));
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(frame("a", 0, OTHER));
            harness.processBroadcastElement(put(1, "dog", OTHER));
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processBroadcastElement(complete(1, OTHER));
            harness.processElement(frame("a", 1, MODEL));
            harness.processElement(frame("a", 2, OTHER));

            assertThat(told(harness)).containsExactly("a0 set 1 [dog]", "a2 set 1 [dog]");
            assertThat(entries(harness))
                    .contains(new AccountEntry.Dropped("a", MatchPrompts.MODEL_CHANGED));
        }
    }
}
