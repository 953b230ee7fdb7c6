package io.frametag.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.json.PromptJson;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted; that fails the test
final class PromptChangesOperatorTest {

    private static final Prompt DOG = Prompt.of("dog", "a dog");
    private static final PromptChange MARK = PromptChange.snapshotEnd();

    @Test
    void theMarkComesAtOnceWhereThereWasNoPrompt() throws Exception {
        try (var harness = open(Map.of())) {
            harness.setProcessingTime(1);

            assertThat(harness.extractOutputValues()).containsExactly(MARK);
        }
    }

    @Test
    void theMarkFollowsTheLastRecordOfAllPartitionsAndComesOnce() throws Exception {
        try (var harness = open(Map.of(0, 5L, 1, 9L))) {
            harness.setProcessingTime(1);
            process(harness, put(0, 5));
            process(harness, put(1, 8));
            assertThat(harness.extractOutputValues()).hasSize(2).doesNotContain(MARK);

            process(harness, put(1, 9));
            process(harness, put(1, 10));

            assertThat(harness.extractOutputValues())
                    .containsExactly(
                            PromptChange.put(5, DOG),
                            PromptChange.put(8, DOG),
                            PromptChange.put(9, DOG),
                            MARK,
                            PromptChange.put(10, DOG));
        }
    }

    @Test
    void aLastRecordThatWasCompactedAwayIsStoodInForByALaterOne() throws Exception {
        try (var harness = open(Map.of(0, 5L))) {
            process(harness, put(0, 7));

            assertThat(harness.extractOutputValues())
                    .containsExactly(PromptChange.put(7, DOG), MARK);
        }
    }

    @Test
    void aBadLastRecordIsToldOfAndStillBringsTheMark() throws Exception {
        try (var harness = open(Map.of(0, 1L))) {
            process(harness, new PromptRecord(0, 0, utf8("cat"), PromptJson.write(DOG)));
            process(harness, new PromptRecord(0, 1, utf8("dog"), utf8("{\"id\":\"dog\"}")));
            process(harness, new PromptRecord(0, 2, null, null));

            assertThat(harness.extractOutputValues()).containsExactly(MARK);
            assertThat(harness.getSideOutput(PromptChangesOperator.FAILED))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(
                            new FailedPrompt(
                                    "cat",
                                    0,
                                    "invalid",
                                    "prompts-0@0: id (dog) must equal the record's key (cat)"),
                            new FailedPrompt(
                                    "dog",
                                    1,
                                    "invalid",
                                    "prompts-0@1, line 1: field texts is missing: give a list of"
                                            + " one or more descriptions"),
                            new FailedPrompt(
                                    "",
                                    2,
                                    "invalid",
                                    "prompts-0@2: key () must be the id of the prompt"));
        }
    }

    @Test
    void aTombstoneDeletes() throws Exception {
        try (var harness = open(Map.of(0, 3L))) {
            process(harness, new PromptRecord(0, 3, utf8("dog"), null));

            assertThat(harness.extractOutputValues())
                    .containsExactly(PromptChange.delete("dog", 3), MARK);
        }
    }

    @Test
    void aRestoreInTheMiddleRemembersThePartitionsThatAreDone() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(Map.of(0, 5L, 1, 9L))) {
            process(harness, put(0, 5));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(Map.of(0, 5L, 1, 9L))) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(1);
            assertThat(harness.extractOutputValues()).isEmpty();

            process(harness, put(1, 9));

            assertThat(harness.extractOutputValues())
                    .containsExactly(PromptChange.put(9, DOG), MARK);
        }
    }

    @Test
    void afterARestoreTheMarkIsSaidAgainOnceWhatCameSinceIsRead() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(Map.of(0, 5L))) {
            process(harness, put(0, 5));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(Map.of(0, 5L))) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(1);

            assertThat(harness.extractOutputValues()).containsExactly(MARK);
        }
        try (var harness = harness(Map.of(0, 6L))) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(1);
            assertThat(harness.extractOutputValues()).isEmpty();

            process(harness, put(0, 6));

            assertThat(harness.extractOutputValues()).hasSize(2).contains(MARK);
        }
    }

    private static PromptRecord put(int partition, long offset) {
        return new PromptRecord(partition, offset, utf8("dog"), PromptJson.write(DOG));
    }

    private static void process(
            OneInputStreamOperatorTestHarness<PromptRecord, PromptChange> harness,
            PromptRecord record)
            throws Exception {
        harness.processElements(List.of(new StreamRecord<>(record)));
    }

    private static OneInputStreamOperatorTestHarness<PromptRecord, PromptChange> open(
            Map<Integer, Long> lastOffsets) throws Exception {
        var harness = harness(lastOffsets);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<PromptRecord, PromptChange> harness(
            Map<Integer, Long> lastOffsets) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new PromptChangesOperator("prompts", lastOffsets));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
