package io.frametag.operators.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.Tag;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** State of prompts and streams where the job comes back with another parallelism. */
@SuppressWarnings("try") // closing a harness may be interrupted
final class RescaleTest {

    private static final ModelId MODEL = new ModelId("m", "0");
    private static final int MAX_PARALLELISM = 16;
    private static final List<String> STREAMS = List.of("a", "b", "c", "d", "e", "f");

    private static KeyedBroadcastOperatorTestHarness<
                    String, FrameEmbedding, PromptSetChange, FrameTags>
            match(int parallelism, int subtask) throws Exception {
        MatchPrompts function =
                new MatchPrompts(new Thresholds(0, 0), new GateLimits(9, Duration.ofSeconds(10)));
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        function, List.of(MatchPrompts.PROMPTS, MatchPrompts.FACTS)),
                FrameEmbedding::stream,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    private static boolean isAt(String stream, int parallelism, int subtask) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        stream, MAX_PARALLELISM, parallelism)
                == subtask;
    }

    private static StreamRecord<PromptSetChange> put(long setVersion, String id) {
        return new StreamRecord<>(
                new PromptSetChange.Put(
                        setVersion,
                        new EncodedPrompt(
                                Prompt.of(id, id),
                                setVersion,
                                MODEL,
                                10,
                                new float[] {0.2f, 0},
                                List.of(),
                                new float[] {0, 1})));
    }

    private static StreamRecord<PromptSetChange> complete(long setVersion) {
        return new StreamRecord<>(new PromptSetChange.Complete(setVersion, MODEL));
    }

    /** Runs all subtasks on what the last run left: frames, then changes, then a checkpoint. */
    private static OperatorSubtaskState run(
            int parallelism,
            OperatorSubtaskState before,
            int parallelismBefore,
            long sequence,
            List<StreamRecord<PromptSetChange>> changes,
            List<FrameTags> tags)
            throws Exception {
        List<OperatorSubtaskState> after = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            try (var harness = match(parallelism, subtask)) {
                if (before != null) {
                    harness.initializeState(
                            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                    before,
                                    MAX_PARALLELISM,
                                    parallelismBefore,
                                    parallelism,
                                    subtask));
                }
                harness.open();
                for (String stream : STREAMS) {
                    if (isAt(stream, parallelism, subtask)) {
                        harness.processElement(
                                new StreamRecord<>(
                                        new FrameEmbedding(
                                                stream,
                                                sequence,
                                                sequence,
                                                sequence,
                                                MODEL,
                                                new float[] {1, 0})));
                    }
                }
                for (StreamRecord<PromptSetChange> change : changes) {
                    harness.processBroadcastElement(change);
                }
                tags.addAll(harness.extractOutputValues());
                after.add(harness.snapshot(sequence, sequence));
            }
        }
        return AbstractStreamOperatorTestHarness.repackageState(
                after.toArray(OperatorSubtaskState[]::new));
    }

    private static List<String> told(List<FrameTags> tags) {
        return tags.stream()
                .map(
                        t ->
                                "%s%d set %d %s"
                                        .formatted(
                                                t.stream(),
                                                t.sequence(),
                                                t.promptSetVersion(),
                                                new TreeSet<>(
                                                        t.tags().stream()
                                                                .map(Tag::prompt)
                                                                .toList())))
                .sorted()
                .toList();
    }

    private static List<String> ofAll(String what) {
        return STREAMS.stream().map(stream -> stream + what).toList();
    }

    @Test
    void promptsWaitingFramesAndBaselinesGoToTwoTasksAndBackToOne() throws Exception {
        List<FrameTags> tags = new ArrayList<>();
        OperatorSubtaskState one = run(1, null, 1, 0, List.of(put(1, "dog")), tags);
        assertThat(tags).isEmpty();

        // The frames that waited at the gate of one task pass at that of the two.
        OperatorSubtaskState two = run(2, one, 1, 1, List.of(put(2, "cat"), complete(2)), tags);
        List<String> waited = new ArrayList<>(ofAll("0 set 2 [cat, dog]"));
        waited.addAll(ofAll("1 set 2 [cat, dog]"));
        assertThat(told(tags)).containsExactlyInAnyOrderElementsOf(waited);

        // The set is complete in either task, each prompt there once, histories at their streams.
        tags.clear();
        OperatorSubtaskState again = run(1, two, 2, 2, List.of(), tags);
        assertThat(told(tags)).isEqualTo(ofAll("2 set 2 [cat, dog]"));
        double probability = 1 / (1 + Math.exp(-10 * 0.2 * (1 - 0.5 * 2 / 64)));
        assertThat(tags)
                .flatExtracting(FrameTags::tags)
                .extracting(Tag::probability)
                .allSatisfy(p -> assertThat(p).isBetween(probability - 1e-6, probability + 1e-6));

        tags.clear();
        run(2, again, 1, 3, List.of(), tags);
        assertThat(told(tags)).isEqualTo(ofAll("3 set 2 [cat, dog]"));
    }

    /** It is one task in any job; the state then finds its way into the one that there is. */
    @Test
    void theEncoderOfPromptsKeepsItsStateWhereTheJobAroundItGrows() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = encode()) {
            harness.open();
            harness.processElement(PromptChange.put(5, Prompt.of("dog", "a dog")), 0);
            harness.processElement(PromptChange.put(6, Prompt.of("cat", "a cat")), 0);
            harness.processElement(PromptChange.delete("cat", 7), 0);
            harness.processElement(PromptChange.snapshotEnd(), 0);
            snapshot = harness.snapshot(1, 1);
        }
        OperatorSubtaskState moved =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(snapshot),
                        MAX_PARALLELISM,
                        1,
                        1,
                        0);
        try (var harness = encode()) {
            harness.initializeState(moved);
            harness.open();
            harness.processElement(PromptChange.put(6, Prompt.of("cat", "a cat")), 0);
            harness.processElement(PromptChange.put(8, Prompt.of("cat", "a cat")), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(PromptSetChange::setVersion)
                    .containsExactly(3L, 4L);
        }
    }

    private static OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> encode()
            throws Exception {
        OneInputStreamOperatorTestHarness<PromptChange, PromptSetChange> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new EncodePrompts(
                                new TestingModels("m"),
                                10,
                                Duration.ofMinutes(1),
                                TestingEncodingThread::new),
                        MAX_PARALLELISM,
                        1,
                        0);
        harness.setup(new PromptSetChangeSerializer());
        return harness;
    }
}
