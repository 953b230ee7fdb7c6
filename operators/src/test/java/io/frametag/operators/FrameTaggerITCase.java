package io.frametag.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import io.frametag.operators.model.TestingModels;
import io.frametag.operators.sample.Sampling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FrameTaggerITCase {

    private static final List<String> WORDS = List.of("dog", "cat", "car", "fire");

    private static final List<PromptChange> PROMPTS =
            List.of(
                    PromptChange.put(1, grouped("dog")),
                    PromptChange.put(2, grouped("cat")),
                    PromptChange.put(3, grouped("car")),
                    PromptChange.put(4, Prompt.of("bad", TestingModels.UNSPEAKABLE)),
                    PromptChange.put(5, Prompt.of("fire", "fire")),
                    PromptChange.snapshotEnd());

    private record Outcome(
            List<FrameTags> tags,
            List<StreamStatus> status,
            List<FailedFrame> errors,
            List<FailedPrompt> promptErrors) {

        List<FrameTags> tagsOf(String stream) {
            return tags.stream().filter(t -> t.stream().equals(stream)).toList();
        }

        Map<String, StreamStatus> lastStatus() {
            return status.stream()
                    .collect(
                            Collectors.toMap(
                                    StreamStatus::stream, s -> s, (first, second) -> second));
        }
    }

    @Test
    void everyFrameGetsItsTagsInOrderAndTheCountsAddUp() throws Exception {
        Outcome outcome = run(items(200), PROMPTS, builder -> {});

        for (String stream : List.of("a", "b", "c")) {
            List<FrameTags> tags = outcome.tagsOf(stream);
            assertThat(tags).hasSize(180).isSortedAccordingTo(bySequence());
            assertThat(tags).allSatisfy(FrameTaggerITCase::hasTheTagOfItsWord);
            StreamStatus last = outcome.lastStatus().get(stream);
            assertThat(last.state()).isEqualTo(StreamState.ENDED);
            assertThat(last.in()).isEqualTo(207);
            assertThat(last.tagged()).isEqualTo(180);
            assertThat(last.failed()).isEqualTo(Map.of("corrupt", 20L));
            assertThat(last.dropped()).isEqualTo(Map.of("stale", 3L));
            assertThat(last.sampledOut()).isEqualTo(4);
            assertThat(last.inFlight()).isZero();
            assertThat(last.lastFrameTime()).isEqualTo(199 * 40);
        }
        assertThat(outcome.errors()).hasSize(60).allMatch(e -> e.reason().equals("corrupt"));
        assertThat(outcome.promptErrors())
                .containsExactly(
                        new FailedPrompt("bad", 4, "encoder-error", "the text can't be encoded"));
    }

    @Test
    void sampledOutFramesAreCounted() throws Exception {
        Outcome outcome = run(items(200), PROMPTS, builder -> builder.sampling(new Sampling(5)));

        StreamStatus last = outcome.lastStatus().get("a");
        assertThat(last.in()).isEqualTo(207);
        assertThat(last.sampledOut()).isEqualTo(160 + 4);
        assertThat(last.tagged() + last.failedTotal()).isEqualTo(40);
        assertThat(outcome.tagsOf("a")).hasSize((int) last.tagged());
    }

    @Test
    void liveFramesThatAreTooOldAreDroppedAndEveryFrameIsAccountedFor() throws Exception {
        List<StreamItem> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            items.add(TestingModels.frame("complete", i, WORDS.get(i % WORDS.size())));
            items.add(live("old", i, 0));
            items.add(live("fresh", i, System.currentTimeMillis()));
        }
        Outcome outcome =
                run(items, PROMPTS, builder -> builder.liveMaxStaleness(Duration.ofSeconds(50)));

        Map<String, StreamStatus> last = outcome.lastStatus();
        assertThat(last.get("complete").tagged()).isEqualTo(300);
        assertThat(last.get("old").droppedTotal()).isEqualTo(300);
        assertThat(last.get("old").dropped()).containsKey("stale");
        assertThat(last.get("fresh").tagged()).isPositive();
        assertThat(last.get("fresh").tagged() + last.get("fresh").droppedTotal()).isEqualTo(300);
        assertThat(last.get("fresh").dropped()).doesNotContainKey("stale");
        assertThat(last.values()).allMatch(status -> status.in() == 300);
        assertThat(last.values()).allMatch(status -> status.inFlight() == 0);
        assertThat(outcome.tagsOf("fresh"))
                .hasSize((int) last.get("fresh").tagged())
                .isSortedAccordingTo(bySequence());
        assertThat(outcome.errors()).isEmpty();
    }

    private static Frame live(String stream, long sequence, long arrivalTime) {
        byte[] word = "dog".getBytes(StandardCharsets.UTF_8);
        return Frame.compressed(stream, sequence, sequence, arrivalTime, null, word)
                .withDelivery(Delivery.freshest());
    }

    @Test
    void framesThatLookTheSameAreTaggedAndCountedAsReused() throws Exception {
        List<StreamItem> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(TestingModels.frame("a", i, i < 50 ? "dog" : "zzz"));
        }
        Outcome outcome = run(items, PROMPTS, builder -> builder.reuseMaxChange(0.001));

        StreamStatus last = outcome.lastStatus().get("a");
        assertThat(last.tagged()).isEqualTo(100);
        // Both of a batch of two may be encoded where the scene changes.
        assertThat(last.reused()).isBetween(90L, 98L);
        assertThat(outcome.tagsOf("a"))
                .extracting(FrameTags::sequence)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void framesThatShowNoMotionAreCountedAsSuch() throws Exception {
        List<StreamItem> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(TestingModels.frame("a", i, "dog"));
        }
        Outcome outcome =
                run(
                        items,
                        PROMPTS,
                        builder -> builder.sampling(Sampling.parse("12.5fps+motion:1%:1h")));

        StreamStatus last = outcome.lastStatus().get("a");
        assertThat(last.tagged()).isEqualTo(1);
        assertThat(last.sampledOutBy())
                .isEqualTo(Map.of(SampledOut.RATE, 50L, SampledOut.MOTION, 49L));
        assertThat(last.in()).isEqualTo(100);
    }

    @Test
    void aModelThatCannotBeOpenedFailsTheJobWithItsOneLine() {
        assertThatThrownBy(
                        () ->
                                run(
                                        items(1),
                                        PROMPTS,
                                        builder ->
                                                builder.models(
                                                        new TestingModels(TestingModels.UNUSABLE))))
                .hasStackTraceContaining("ModelException: no model 'unusable'");
    }

    @Test
    void sourceIntakeAndEncoderAreOneVertex() {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(3);
        DataStream<StreamItem> items = env.fromData(items(1), TypeInformation.of(StreamItem.class));
        DataStream<PromptChange> prompts =
                env.fromData(PROMPTS, TypeInformation.of(PromptChange.class));
        FrameTagger.builder()
                .models(new TestingModels("t"))
                .build()
                .tag(items, prompts)
                .tags()
                .print();

        List<String> vertices = new ArrayList<>();
        for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
            vertices.add(vertex.getName());
        }

        assertThat(vertices)
                .filteredOn(name -> name.contains("Encode frames"))
                .singleElement()
                .asString()
                .startsWith("Source")
                .contains("Take in frames", "Part frames not encoded", "Encode live frames");
    }

    @Test
    void everyOperatorHasAFixedUid() {
        StreamExecutionEnvironment env = environment();
        env.configure(new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, false));
        DataStream<StreamItem> items =
                env.fromData(items(1), TypeInformation.of(StreamItem.class)).uid("items");
        DataStream<PromptChange> prompts =
                env.fromData(PROMPTS, TypeInformation.of(PromptChange.class)).uid("prompts");
        FrameTagger.builder()
                .models(new TestingModels("t"))
                .sampling(new Sampling(1))
                .build()
                .tag(items, prompts)
                .tags()
                .print()
                .uid("print");

        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isPositive();
    }

    private static Comparator<FrameTags> bySequence() {
        return Comparator.comparingLong(FrameTags::sequence);
    }

    private static void hasTheTagOfItsWord(FrameTags frame) {
        String word = word((int) frame.sequence());
        assertThat(frame.tags()).first().extracting(Tag::prompt).isEqualTo(word);
        assertThat(frame.tags().get(0).probability()).isGreaterThan(0.9);
        assertThat(frame.promptSetVersion()).isEqualTo(4);
        assertThat(frame.model()).isEqualTo(new TestingModels("t").id());
    }

    private static Prompt grouped(String word) {
        return new Prompt(
                word, word, List.of(word), List.of(), List.of("nothing"), "things", null, Set.of());
    }

    private static String word(int i) {
        return i % 10 == 9 ? TestingModels.CORRUPT : WORDS.get(i % WORDS.size());
    }

    /** Three streams, every tenth frame corrupt, and a report of seven frames left out in each. */
    private static List<StreamItem> items(int frames) {
        List<StreamItem> items = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            for (String stream : List.of("a", "b", "c")) {
                items.add(TestingModels.frame(stream, i, word(i)));
            }
        }
        for (String stream : List.of("a", "b", "c")) {
            items.add(
                    new StreamReport(
                            stream, 1, StreamState.ENDED, 4, Map.of("stale", 3L), Map.of(), null));
        }
        return items;
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, config);
        env.enableCheckpointing(50);
        return env;
    }

    @SuppressWarnings("try") // close() may be interrupted, as any wait in a test
    private static Outcome run(
            List<StreamItem> items,
            List<PromptChange> changes,
            Consumer<FrameTagger.Builder> options)
            throws Exception {
        StreamExecutionEnvironment env = environment();
        FrameTagger.Builder builder =
                FrameTagger.builder()
                        .models(new TestingModels("t"))
                        .statusInterval(Duration.ofMillis(20));
        options.accept(builder);
        TaggedStreams tagged =
                builder.build()
                        .tag(
                                env.fromData(items, TypeInformation.of(StreamItem.class)),
                                env.fromData(changes, TypeInformation.of(PromptChange.class)));
        try (CloseableIterator<FrameTags> tags = tagged.tags().collectAsync();
                CloseableIterator<StreamStatus> status = tagged.status().collectAsync();
                CloseableIterator<FailedFrame> errors = tagged.errors().collectAsync();
                CloseableIterator<FailedPrompt> failed = tagged.promptErrors().collectAsync()) {
            env.executeAsync("tag");
            return new Outcome(all(tags), all(status), all(errors), all(failed));
        }
    }

    private static <T> List<T> all(CloseableIterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }
}
