package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamJson;
import io.frametag.connectors.json.WatchedStreamFile;
import io.frametag.connectors.kafka.CamerasTopic;
import io.frametag.connectors.kafka.KafkaCameras;
import io.frametag.connectors.video.StreamDirectory;
import io.frametag.connectors.video.VideoSource;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Cameras come, change and go while a job runs, by a file and by a topic. */
@SuppressWarnings("try") // Flink's iterator declares that close() may throw anything.
final class CameraListsITCase {

    @RegisterExtension static final TestingKafka KAFKA = new TestingKafka();
    @RegisterExtension static final MiniClusterExtension CLUSTER = TestingJobs.cluster();

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final List<StreamItem> items = new CopyOnWriteArrayList<>();

    /** What a list of cameras can have done to it. */
    private interface ChangingList {

        void put(StreamEntry camera) throws Exception;

        void delete(String id) throws Exception;

        /** Puts in what is no camera. */
        void spoil() throws Exception;
    }

    @BeforeEach
    void writeClips() throws IOException {
        for (String name : List.of("one.mp4", "two.mp4")) {
            try (InputStream clip =
                    CameraListsITCase.class.getResourceAsStream(
                            "/io/frametag/jobs/demo/street.mp4")) {
                Files.write(folder.resolve(name), Objects.requireNonNull(clip).readAllBytes());
            }
        }
    }

    @Test
    void byAFile() throws Exception {
        Path file = folder.resolve("cameras.json");
        Files.writeString(file, "[]");
        List<StreamEntry> listed = new CopyOnWriteArrayList<>();
        assertCamerasFollow(
                new WatchedStreamFile(file),
                new ChangingList() {
                    @Override
                    public void put(StreamEntry camera) throws Exception {
                        listed.removeIf(other -> other.id().equals(camera.id()));
                        listed.add(camera);
                        write("[%s]");
                    }

                    @Override
                    public void delete(String id) throws Exception {
                        listed.removeIf(other -> other.id().equals(id));
                        write("[%s]");
                    }

                    @Override
                    public void spoil() throws Exception {
                        write("[%s, {\"id\": ");
                    }

                    private void write(String form) throws Exception {
                        String entries =
                                listed.stream()
                                        .map(
                                                e ->
                                                        new String(
                                                                StreamJson.write(e),
                                                                StandardCharsets.UTF_8))
                                        .collect(Collectors.joining(", "));
                        Files.writeString(file, form.formatted(entries));
                    }
                });
    }

    @Test
    void byATopic() throws Exception {
        CamerasTopic topic = new CamerasTopic(KAFKA.connection(), "cameras");
        topic.ensure();
        assertCamerasFollow(
                new KafkaCameras(KAFKA.connection(), "cameras"),
                new ChangingList() {
                    @Override
                    public void put(StreamEntry camera) throws Exception {
                        topic.put(List.of(camera));
                    }

                    @Override
                    public void delete(String id) throws Exception {
                        topic.delete(List.of(id));
                    }

                    @Override
                    public void spoil() throws Exception {
                        byte[] key = "gate".getBytes(StandardCharsets.UTF_8);
                        KAFKA.send(new ProducerRecord<>("cameras", key, new byte[] {'{'}));
                    }
                });
        assertThat(topic.list().cameras()).isEmpty();
    }

    private void assertCamerasFollow(StreamDirectory directory, ChangingList list)
            throws Exception {
        list.put(camera("gate", "one.mp4"));
        StreamExecutionEnvironment env = TestingJobs.environment(2);
        VideoSource source =
                VideoSource.builder()
                        .directory(directory, Duration.ofMillis(100))
                        .sampling(new Sampling(20))
                        .build();
        try (CloseableIterator<StreamItem> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "video").collectAsync()) {
            Thread reader = new Thread(() -> collect(results), "collect");
            reader.setDaemon(true);
            TestingJobs.whileRunning(
                    env,
                    () -> {
                        reader.start();
                        follow(list);
                    });
            reader.join(LIMIT.toMillis());
        }
        assertThat(sequences("gate")).doesNotHaveDuplicates().isSorted();
    }

    private void follow(ChangingList list) throws Exception {
        awaitThat(() -> sequences("gate").size() >= 3);

        list.put(camera("yard", "two.mp4"));
        awaitThat(() -> sequences("yard").size() >= 3);

        list.spoil();
        int before = sequences("gate").size();
        awaitThat(() -> sequences("gate").size() >= before + 10);
        assertThat(ends("gate") + ends("yard")).isZero();

        list.put(camera("gate", "two.mp4"));
        awaitThat(() -> ends("gate") == 1);
        int ended = sequences("gate").size();
        awaitThat(() -> sequences("gate").size() >= ended + 3);

        list.delete("yard");
        awaitThat(() -> ends("yard") == 1);
        list.delete("gate");
        awaitThat(() -> ends("gate") == 2);
    }

    private StreamEntry camera(String id, String clip) {
        return new StreamEntry(
                id, folder.resolve(clip).toString(), null, null, null, null, true, true);
    }

    private void collect(CloseableIterator<StreamItem> results) {
        try {
            results.forEachRemaining(items::add);
        } catch (RuntimeException e) {
            // The job was cancelled, which is how these tests end it.
            assertThat(items).isNotEmpty();
        }
    }

    private static void awaitThat(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private List<Long> sequences(String stream) {
        return items.stream()
                .filter(item -> item instanceof Frame && item.stream().equals(stream))
                .map(item -> ((Frame) item).sequence())
                .toList();
    }

    private long ends(String stream) {
        return items.stream()
                .filter(item -> item instanceof StreamReport && item.stream().equals(stream))
                .filter(item -> ((StreamReport) item).state() == StreamState.ENDED)
                .count();
    }
}
