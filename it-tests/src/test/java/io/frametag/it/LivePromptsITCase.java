package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.json.TagsJson;
import io.frametag.connectors.kafka.FrameRecords;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prompts changed while a camera runs: how soon the tags follow. */
@Timeout(120)
final class LivePromptsITCase {

    @RegisterExtension static final TestingKafka KAFKA = new TestingKafka();
    @RegisterExtension static final MiniClusterExtension FLINK = TestingJobs.cluster();

    private static final String RED = "red";
    private static final Duration START = Duration.ofSeconds(60);

    /** What is promised is 2 s; a machine busy with other work gets more here. */
    private static final Duration PROMPT_LIMIT = Duration.ofSeconds(10);

    @Test
    void aPromptPutAppearsInTagsAndOneDeletedIsGone() throws Exception {
        assertTagsFollow(
                "live",
                FrameTagger.builder().models(new TestingColours()),
                TestingColours.prompt("green"),
                TestingColours.prompt(RED));
    }

    /** The packaged model's text encoder at work; a threshold of 0 makes a tag of any picture. */
    @Test
    void theyFollowWithThePackagedModelToo() throws Exception {
        assertTagsFollow(
                "live-nano", FrameTagger.builder().model("nano"), always("green"), always(RED));
    }

    private static Prompt always(String id) {
        return new Prompt(
                id,
                id,
                List.of("a " + id + " car", "a " + id + " truck"),
                List.of("a photo of {}"),
                List.of(),
                "colour",
                0.0,
                Set.of());
    }

    private static void assertTagsFollow(
            String name, FrameTagger.Builder tagger, Prompt first, Prompt later) throws Exception {
        TaggingJob job = new TaggingJob(name);
        job.createTopics(KAFKA);
        PromptsTopic prompts = new PromptsTopic(KAFKA.connection(), job.prompts());
        prompts.put(List.of(first));

        TestingJobs.whileRunning(
                job.build(KAFKA.connection(), tagger.build(), false),
                () -> {
                    try (TestingKafka.Reader tags = KAFKA.reader(job.tags());
                            Camera camera = new Camera(job.frames())) {
                        tags.until(START, all -> !all.isEmpty());
                        assertThat(tags.records()).noneMatch(LivePromptsITCase::isRed);

                        long put = System.nanoTime();
                        prompts.put(List.of(later));
                        tags.until(PROMPT_LIMIT, all -> isRed(all.get(all.size() - 1)));
                        report(name, "put", put);

                        long deleted = System.nanoTime();
                        prompts.delete(List.of(later.id()));
                        tags.until(PROMPT_LIMIT, all -> !isRed(all.get(all.size() - 1)));
                        report(name, "deleted", deleted);

                        int gone = tags.records().size();
                        tags.until(PROMPT_LIMIT, all -> all.size() >= gone + 20);
                        assertThat(tags.records().subList(gone, gone + 20))
                                .noneMatch(LivePromptsITCase::isRed);
                        camera.assertNoFailure();
                    }
                });
    }

    private static void report(String name, String what, long sinceNanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
        System.out.println(name + ": prompt " + what + ", tags follow after " + millis + " ms");
    }

    private static boolean isRed(ConsumerRecord<byte[], byte[]> record) {
        try {
            FrameTags tags = TagsJson.read(record.value());
            return tags.tags().stream().anyMatch(tag -> tag.prompt().equals(RED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a red frame every 50 ms, from a thread of its own. */
    private static final class Camera implements AutoCloseable {

        private final byte[] picture = TestingColours.jpegs(1).get(0);
        private final AtomicLong sequence = new AtomicLong();
        private final String topic;
        private final ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> sending;

        Camera(String topic) {
            this.topic = topic;
            sending = executor.scheduleAtFixedRate(this::send, 0, 50, TimeUnit.MILLISECONDS);
        }

        private void send() {
            long now = System.currentTimeMillis();
            try {
                KAFKA.send(
                        FrameRecords.record(
                                topic,
                                Frame.compressed(
                                        "camera",
                                        sequence.getAndIncrement(),
                                        now,
                                        now,
                                        PictureCodec.JPEG,
                                        picture)));
            } catch (Exception e) {
                throw new IllegalStateException("the camera could not send", e);
            }
        }

        void assertNoFailure() {
            assertThat(sending.isDone()).as("the camera has ended").isFalse();
        }

        @Override
        public void close() {
            executor.shutdown();
            try {
                assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the camera was not waited for", e);
            }
        }
    }
}
