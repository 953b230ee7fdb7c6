package io.frametag.jobs.demo;

import io.frametag.connectors.kafka.KafkaAccessException;
import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaPrompts;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.connectors.video.Playback;
import io.frametag.connectors.video.VideoSource;
import io.frametag.connectors.video.VideoSourceBuilder;
import io.frametag.jobs.EmbeddedFlink;
import io.frametag.jobs.JobFailure;
import io.frametag.jobs.JobStop;
import io.frametag.jobs.TagJob;
import io.frametag.jobs.UserError;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main job on the demo's stage: cameras that loop, everything else on Kafka. */
final class DemoJob {

    private static final Sampling SAMPLING = new Sampling(4);

    private final JobClient client;
    private final CompletableFuture<?> end;
    private final Path savepoints;

    private DemoJob(JobClient client, Path savepoints) {
        this.client = client;
        this.end = client.getJobExecutionResult();
        this.savepoints = savepoints;
    }

    static DemoJob start(DemoStage stage) throws Exception {
        StreamExecutionEnvironment env =
                EmbeddedFlink.environment(stage.clips().size(), stage.temporary());
        build(env, stage);
        return new DemoJob(
                env.executeAsync("frametag demo"), stage.temporary().resolve("savepoints"));
    }

    private static void build(StreamExecutionEnvironment env, DemoStage stage)
            throws KafkaAccessException {
        KafkaConnection kafka = stage.kafka();
        VideoSourceBuilder cameras =
                VideoSource.builder().sampling(SAMPLING).playback(Playback.REAL_TIME.loop(true));
        stage.clips().forEach(clip -> cameras.stream(clip.name(), clip.file().toString()));
        FrameTagger tagger = FrameTagger.builder().model(stage.model().path().toString()).build();
        KafkaPrompts prompts = KafkaPrompts.from(env, kafka, PromptsTopic.DEFAULT_TOPIC);
        new TagJob(env, tagger)
                .source("cameras", cameras.build(), env.getParallelism())
                .build(prompts.changes())
                .tagsTo(KafkaResults.tags().connection(kafka).build())
                .statusTo(KafkaResults.status().connection(kafka).build())
                .errorsTo(KafkaResults.errors().connection(kafka).build())
                .promptErrorsTo(KafkaResults.promptErrors().connection(kafka).build());
    }

    /**
     * Throws where the job is over, which only a failure brings about before it is stopped.
     *
     * @throws UserError with the first cause
     */
    void checkRunning() throws UserError, InterruptedException {
        if (end.isDone()) {
            try {
                end.get();
            } catch (ExecutionException e) {
                throw JobFailure.describe(e);
            }
            throw UserError.failed("the job ended by itself; the log tells why");
        }
    }

    /** Ends the job as {@link JobStop#drain} does. */
    void stop(Duration limit) throws InterruptedException {
        JobStop.drain(client, savepoints, limit);
    }
}
