package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.json.ErrorJson;
import io.frametag.connectors.json.StatusJson;
import io.frametag.connectors.json.TagsJson;
import io.frametag.connectors.kafka.FrameRecords;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the frames topic to the tags topic: each frame once, the bad ones to the errors topic. */
@Timeout(180)
final class FramesToTagsITCase {

    @RegisterExtension static final TestingKafka KAFKA = new TestingKafka();
    @RegisterExtension static final MiniClusterExtension FLINK = TestingJobs.cluster();

    private static final int FRAMES = 1_000;
    private static final List<String> STREAMS = List.of("gate", "hall", "street", "yard", "été");
    private static final int PER_STREAM = FRAMES / STREAMS.size();
    private static final String CORRUPT = "hall#57";
    private static final String EMPTY = "yard#111";

    /** Whether the failure has come; the job's tasks share our memory. */
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void aThousandFramesAreTaggedOnceEachAndTheBadOnesGoToTheErrors() throws Exception {
        TaggingJob job = new TaggingJob("once");

        run(job, FrameTagger.builder().models(new TestingColours()), TestingColours.prompts());

        assertRightColours(assertTagsOnceEach(job));
        assertErrors(job);
        assertStatus(job);
    }

    @Test
    void theyAreWithThePackagedModelToo() throws Exception {
        TaggingJob job = new TaggingJob("nano");

        run(
                job,
                FrameTagger.builder().model("nano"),
                List.of(Prompt.of("dog", "a dog"), Prompt.of("fire", "a fire")));

        assertThat(assertTagsOnceEach(job))
                .allMatch(tags -> tags.model().name().equals("nano"))
                .allMatch(tags -> tags.promptSetVersion() == 2);
        assertErrors(job);
        assertStatus(job);
    }

    /** Runs the job until all frames are accounted for; half of them are there before it is. */
    private static void run(TaggingJob job, FrameTagger.Builder tagger, List<Prompt> prompts)
            throws Exception {
        job.createTopics(KAFKA);
        new PromptsTopic(KAFKA.connection(), job.prompts()).put(prompts);
        List<ProducerRecord<byte[], byte[]>> frames = frames(job.frames());
        KAFKA.send(frames.subList(0, FRAMES / 2));
        TestingJobs.whileRunning(
                job.build(KAFKA.connection(), tagger.build(), true),
                () -> {
                    KAFKA.send(frames.subList(FRAMES / 2, FRAMES));
                    awaitAll(job);
                });
    }

    /** What is asserted comes after the job's end, so that a frame tagged twice can't be late. */
    private static void awaitAll(TaggingJob job) {
        try (TestingKafka.Reader tags = KAFKA.reader(job.tags());
                TestingKafka.Reader status = KAFKA.reader(job.status())) {
            tags.until(LIMIT, all -> all.size() >= FRAMES - 2);
            status.until(LIMIT, FramesToTagsITCase::allAccountedFor);
        }
    }

    @Test
    void aFailureInTheMiddleLosesNothingAndTagsNothingTwice() throws Exception {
        TaggingJob job = new TaggingJob("failing");
        job.createTopics(KAFKA);
        new PromptsTopic(KAFKA.connection(), job.prompts()).put(TestingColours.prompts());
        List<ProducerRecord<byte[], byte[]>> frames = frames(job.frames());
        KAFKA.send(frames.subList(0, FRAMES / 2));
        FAILED.set(false);

        FrameTagger tagger = FrameTagger.builder().models(new TestingColours()).build();
        StreamExecutionEnvironment env =
                job.build(
                        KAFKA.connection(),
                        tagger,
                        true,
                        items ->
                                items.map(FramesToTagsITCase::failOnce)
                                        .returns(TypeInformation.of(StreamItem.class)));
        TestingJobs.restartOnce(env);
        TestingJobs.whileRunning(
                env,
                () -> {
                    try (TestingKafka.Reader tags = KAFKA.reader(job.tags())) {
                        // Committed, so a checkpoint is there; the second half brings the failure.
                        tags.until(LIMIT, all -> all.size() >= FRAMES / 2 - 2);
                    }
                    KAFKA.send(frames.subList(FRAMES / 2, FRAMES));
                    awaitAll(job);
                });

        assertThat(FAILED).isTrue();
        assertRightColours(assertTagsOnceEach(job));
        assertStatus(job);
    }

    private static StreamItem failOnce(StreamItem item) {
        if (item instanceof Frame frame
                && frame.sequence() == PER_STREAM * 3 / 4
                && FAILED.compareAndSet(false, true)) {
            throw new IllegalStateException("the failure that the test asks for");
        }
        return item;
    }

    private static List<ProducerRecord<byte[], byte[]>> frames(String topic) {
        List<byte[]> jpegs = TestingColours.jpegs(PER_STREAM);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int sequence = 0; sequence < PER_STREAM; sequence++) {
            for (String stream : STREAMS) {
                byte[] picture = jpegs.get(sequence);
                String name = stream + "#" + sequence;
                if (name.equals(CORRUPT)) {
                    picture = Arrays.copyOf(picture, 40);
                } else if (name.equals(EMPTY)) {
                    picture = new byte[0];
                }
                records.add(
                        FrameRecords.record(
                                topic,
                                Frame.compressed(
                                        stream,
                                        sequence,
                                        frameTime(sequence),
                                        0,
                                        PictureCodec.JPEG,
                                        picture)));
            }
        }
        return records;
    }

    private static long frameTime(long sequence) {
        return 1_700_000_000_000L + 40 * sequence;
    }

    private static List<FrameTags> assertTagsOnceEach(TaggingJob job) throws Exception {
        List<FrameTags> all = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        try (TestingKafka.Reader reader = KAFKA.reader(job.tags())) {
            for (ConsumerRecord<byte[], byte[]> record : reader.toEnd(LIMIT)) {
                FrameTags tags = TagsJson.read(record.value());
                all.add(tags);
                seen.merge(tags.stream() + "#" + tags.sequence(), 1, Integer::sum);
                assertThat(tags.frameTime()).isEqualTo(frameTime(tags.sequence()));
                Long before = last.put(tags.stream(), tags.sequence());
                assertThat(before == null || before < tags.sequence()).as("in order").isTrue();
            }
        }
        assertThat(seen.keySet()).isEqualTo(goodFrames()).hasSize(FRAMES - 2);
        assertThat(seen.values()).containsOnly(1);
        return all;
    }

    private static void assertRightColours(List<FrameTags> all) {
        for (FrameTags tags : all) {
            assertThat(tags.model()).hasToString("colours@c0105c0105c0");
            assertThat(tags.tags()).as("%s", tags).hasSize(1);
            assertThat(tags.tags().get(0).prompt())
                    .isEqualTo(TestingColours.colourOf(tags.sequence()));
        }
    }

    private static Set<String> goodFrames() {
        Set<String> names = new HashSet<>();
        for (String stream : STREAMS) {
            for (int sequence = 0; sequence < PER_STREAM; sequence++) {
                names.add(stream + "#" + sequence);
            }
        }
        names.removeAll(Set.of(CORRUPT, EMPTY));
        return names;
    }

    private static void assertErrors(TaggingJob job) throws Exception {
        Map<String, FailedFrame> failed = new HashMap<>();
        try (TestingKafka.Reader reader = KAFKA.reader(job.errors())) {
            for (ConsumerRecord<byte[], byte[]> record : reader.toEnd(LIMIT)) {
                FailedFrame frame = ErrorJson.read(record.value());
                assertThat(failed.put(frame.stream() + "#" + frame.sequence(), frame)).isNull();
            }
        }
        assertThat(failed.keySet()).containsExactlyInAnyOrder(CORRUPT, EMPTY);
        assertThat(failed.get(CORRUPT).reason()).isEqualTo("corrupt");
        assertThat(failed.get(CORRUPT).bytes()).hasSize(40);
        assertThat(failed.get(EMPTY).reason()).isEqualTo("empty");
    }

    private static void assertStatus(TaggingJob job) throws Exception {
        try (TestingKafka.Reader reader = KAFKA.reader(job.status())) {
            List<ConsumerRecord<byte[], byte[]>> records = reader.toEnd(LIMIT);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                StreamStatus status = StatusJson.read(record.value());
                assertThat(status.in())
                        .isEqualTo(
                                status.tagged()
                                        + status.sampledOut()
                                        + status.droppedTotal()
                                        + status.failedTotal()
                                        + status.inFlight());
            }
            Map<String, StreamStatus> last = lastOf(records);
            assertThat(last.keySet()).containsExactlyInAnyOrderElementsOf(STREAMS);
            assertThat(last.get("hall").failed()).isEqualTo(Map.of("corrupt", 1L));
            assertThat(last.get("yard").failed()).isEqualTo(Map.of("empty", 1L));
            assertThat(last.get("gate").tagged()).isEqualTo(PER_STREAM);
        }
    }

    private static boolean allAccountedFor(List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        Map<String, StreamStatus> last = lastOf(records);
        return last.size() == STREAMS.size()
                && last.values().stream().allMatch(s -> s.in() == PER_STREAM && s.inFlight() == 0);
    }

    private static Map<String, StreamStatus> lastOf(List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        Map<String, StreamStatus> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            StreamStatus status = StatusJson.read(record.value());
            last.put(status.stream(), status);
        }
        return last;
    }
}
