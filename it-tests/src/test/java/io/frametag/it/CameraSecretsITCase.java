package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.json.ErrorJson;
import io.frametag.connectors.json.StatusJson;
import io.frametag.connectors.json.WatchedStreamFile;
import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.connectors.video.VideoSource;
import io.frametag.jobs.TagJob;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectClusterRESTAddress;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords and tokens of cameras, in each form in which they can be given, are nowhere that a job
 * can be looked at from: logs, REST, metrics, results, checkpoints and savepoints.
 */
final class CameraSecretsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(quickMetrics())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    /** As in the environment of this test; see the POM. */
    private static final String PASSWORD = "canary-7f3a";

    /** Also finds it where its first character is written as %63. */
    private static final String SOUGHT = "anary-7f3a";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern IDS = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** What came of each stream, and all results as text; the sinks are in this process. */
    private static final Map<String, StreamStatus> STATUS = new ConcurrentHashMap<>();

    private static final List<String> RESULTS = Collections.synchronizedList(new ArrayList<>());
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private URI rest;

    private static Configuration quickMetrics() {
        Configuration configuration = new Configuration();
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
        return configuration;
    }

    @BeforeEach
    void begin(@InjectClusterRESTAddress URI address) {
        rest = address;
        STATUS.clear();
        RESULTS.clear();
        FAILED.set(false);
    }

    @Test
    void passwordsAreSeenNowhere() throws Exception {
        Path clip = folder.resolve("clip.mp4");
        new TestPattern(64, 48, 10, 30, 10).write(clip);
        try (TestingLog log = TestingLog.open();
                CameraSimulator simulator =
                        CameraSimulator.builder()
                                .camera("gate", clip)
                                .httpPort(0)
                                .password("viewer", PASSWORD, CameraSimulator.Authentication.BASIC)
                                .start()) {
            String seen = run(simulator);

            assertClean("logs", log.text(), "camera-plain", "thrown on purpose");
            assertClean("REST", seen, "camera.plain", "thrown on purpose", "Source: cameras");
            assertClean("results", String.join("\n", RESULTS), "(401)", "refuses connections");
            String host = "127.0.0.1:" + simulator.rtspPort();
            assertClean("checkpoints", bytesUnder("checkpoints"), host, "${given}");
            assertClean("savepoints", bytesUnder("savepoints"), host, "${given}");
        }
    }

    /** The words show that the text has what could have had the password beside it. */
    private static void assertClean(String what, String text, String... words) {
        for (String word : words) {
            assertThat(text.contains(word)).as("%s have %s", what, word).isTrue();
        }
        String login = "viewer:" + PASSWORD;
        String coded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        for (String secret : List.of(SOUGHT, coded)) {
            int at = text.indexOf(secret);
            assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), at))
                    .as("what stands before a password in the %s", what)
                    .isEmpty();
            assertThat(at).as("a password in the %s", what).isNegative();
        }
    }

    /** Runs the job through a failure and a savepoint; gives all that REST tells of it. */
    private String run(CameraSimulator simulator) throws Exception {
        Path list = folder.resolve("cameras.yaml");
        String listed = "- id: listed\n  uri: " + address(simulator, PASSWORD) + "\n";
        Files.writeString(list, listed);
        JobClient job = job(source(simulator, list)).executeAsync("camera secrets");
        List<String> good = List.of("plain", "encoded", "env", "file", "token", "listed");
        await().atMost(LIMIT)
                .until(
                        () ->
                                FAILED.get()
                                        && good.stream().allMatch(id -> is(id, StreamState.UP))
                                        && is("wrong", StreamState.REFUSED)
                                        && is("wrong-token", StreamState.REFUSED)
                                        && is("off", StreamState.DOWN));
        Files.writeString(list, listed + "- id: bad\n  uri: rtsp://me:" + PASSWORD + "@/ x\n");
        Path savepoints = folder.resolve("savepoints");
        // Declined while tasks are still on their way up from the failure.
        await().atMost(LIMIT).ignoreExceptions().until(() -> savepoint(job, savepoints) != null);
        String id = job.getJobID().toHexString();
        // Metrics are there only from the second look on.
        await().atMost(LIMIT).until(() -> restOf(id).contains("camera.plain"));
        String seen = restOf(id);
        job.cancel().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        return seen + restOf(id);
    }

    private static String savepoint(JobClient job, Path folder) throws Exception {
        return job.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean is(String stream, StreamState state) {
        StreamStatus status = STATUS.get(stream);
        return status != null && status.state() == state;
    }

    private static String address(CameraSimulator simulator, String password) {
        String uri = simulator.camera("gate").uri();
        return uri.replace("//", "//viewer:" + password + "@");
    }

    private VideoSource source(CameraSimulator simulator, Path list) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), PASSWORD);
        String token = simulator.camera("gate").mjpegUri() + "?token=" + PASSWORD;
        return VideoSource.builder().stream("plain", address(simulator, PASSWORD)).stream(
                        "encoded", address(simulator, PASSWORD.replaceFirst("c", "%63")))
                .stream("env", address(simulator, "${env:FRAMETAG_CANARY}"))
                .stream("file", address(simulator, "${file:" + file + "}"))
                .stream("token", token)
                .stream("wrong", address(simulator, PASSWORD + "-not"))
                .stream("wrong-token", token.replace("@", "-not@"))
                .stream("off", "rtsp://viewer:" + PASSWORD + "@127.0.0.1:1/a?key=" + PASSWORD)
                .directory(new WatchedStreamFile(list), Duration.ofMillis(100))
                .sampling(new Sampling(5))
                .build();
    }

    private StreamExecutionEnvironment job(VideoSource source) {
        StreamExecutionEnvironment env = TestingJobs.environment(2);
        TestingJobs.restartOnce(env);
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        config.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        env.configure(config);
        var frames =
                env.fromSource(
                                source,
                                VideoSource.watermarks(Duration.ZERO, Duration.ofSeconds(1)),
                                "cameras")
                        .map(CameraSecretsITCase::failOnce)
                        .returns(TypeInformation.of(StreamItem.class));
        TagJob job =
                new TagJob(env, FrameTagger.builder().models(new TestingColours()).build())
                        .items(frames);
        job.build(job.fixedPrompts(TestingColours.prompts()))
                .tagsTo(new Keeping<>())
                .statusTo(new Keeping<>())
                .errorsTo(new Keeping<>())
                .promptErrorsTo(new Keeping<>());
        return env;
    }

    /** Once a stream goes and another one was refused, so that a checkpoint is restored. */
    private static StreamItem failOnce(StreamItem item) {
        boolean goes = item instanceof Frame frame && frame.sequence() > 20;
        if (goes && is("wrong", StreamState.REFUSED) && FAILED.compareAndSet(false, true)) {
            STATUS.clear();
            throw new IllegalStateException("thrown on purpose at " + item);
        }
        return item;
    }

    private String restOf(String job) throws Exception {
        StringBuilder all = new StringBuilder();
        String of = "/jobs/" + job;
        for (String path :
                List.of(
                        "/config",
                        "/overview",
                        "/jobs",
                        "/jobs/overview",
                        "/jobmanager/config",
                        "/jobmanager/environment",
                        "/jobmanager/metrics",
                        of + "/exceptions",
                        of + "/config",
                        of + "/plan",
                        of + "/accumulators",
                        of + "/checkpoints",
                        of + "/checkpoints/config")) {
            all.append(get(path)).append('\n');
        }
        String overview = get(of);
        all.append(overview).append(get(of + "/metrics"));
        for (String manager : ids(get("/taskmanagers"))) {
            all.append(get("/taskmanagers/" + manager));
            all.append(get("/taskmanagers/" + manager + "/metrics"));
        }
        for (String vertex : ids(overview)) {
            String at = of + "/vertices/" + vertex;
            for (String part : List.of("", "/subtasktimes", "/taskmanagers", "/accumulators")) {
                all.append(get(at + part)).append('\n');
            }
            String metrics = get(at + "/subtasks/0/metrics") + get(at + "/subtasks/1/metrics");
            all.append(metrics).append(get(at + "/metrics"));
        }
        return all.toString();
    }

    private static TreeSet<String> ids(String json) {
        TreeSet<String> ids = new TreeSet<>();
        Matcher matcher = IDS.matcher(json);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private String get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(rest.resolve(path)).timeout(Duration.ofSeconds(10)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private String bytesUnder(String name) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static final class Keeping<T> implements Sink<T> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new Keeper<>();
        }
    }

    private static final class Keeper<T> implements SinkWriter<T> {

        @Override
        public void write(T result, Context context) {
            RESULTS.add(result.toString());
            if (result instanceof StreamStatus status) {
                STATUS.put(status.stream(), status);
                RESULTS.add(new String(StatusJson.write(status), StandardCharsets.UTF_8));
            } else if (result instanceof FailedFrame failed) {
                RESULTS.add(new String(ErrorJson.write(failed), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Owns nothing.
        }
    }
}
