package io.frametag.jobs.bench;

import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaFrames;
import io.frametag.connectors.kafka.KafkaPrompts;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.connectors.kafka.KafkaTopics;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.connectors.video.VideoSource;
import io.frametag.jobs.EmbeddedFlink;
import io.frametag.jobs.JobStop;
import io.frametag.jobs.TagJob;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.jobs.UserError;
import io.frametag.jobs.broker.EmbeddedBroker;
import io.frametag.models.ModelFolder;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.StreamItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker of this process and the jobs that are measured, each from a topic of frames to a topic
 * of tags. Owns the broker, the jobs and the temporary folder. Used by one thread.
 */
final class BenchStage implements AutoCloseable {

    static final String OURS = "ours";
    static final String CAMERAS = "cameras";

    private static final Logger LOG = LoggerFactory.getLogger(BenchStage.class);
    private static final long CANCEL_SECONDS = 30;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);

    private final TemporaryFolder temporary;
    private final EmbeddedBroker broker;
    private final List<JobClient> jobs = new ArrayList<>();

    private BenchStage(TemporaryFolder temporary, EmbeddedBroker broker) {
        this.temporary = temporary;
        this.broker = broker;
    }

    static BenchStage open() throws Exception {
        TemporaryFolder temporary = TemporaryFolder.create();
        try {
            return new BenchStage(
                    temporary, EmbeddedBroker.start(0, temporary.path().resolve("broker")));
        } catch (Exception e) {
            temporary.close();
            throw e;
        }
    }

    KafkaConnection kafka() {
        return KafkaConnection.to(broker.bootstrapServers());
    }

    PromptsTopic prompts() {
        return new PromptsTopic(kafka(), PromptsTopic.DEFAULT_TOPIC);
    }

    /** The whole chain, as {@code frametag tag} and the demo run it. */
    JobFeed startOurs(ModelFolder model, int batch, boolean reducedDecode, List<Prompt> prompts)
            throws Exception {
        prompts().put(prompts);
        createTopics(OURS);
        FrameTagger tagger =
                FrameTagger.builder()
                        .model(model.path().toString())
                        .batchMaxSize(batch)
                        .decodeReduced(reducedDecode)
                        .queueCapacity(Math.max(32, 4 * batch))
                        .build();
        StreamExecutionEnvironment env = EmbeddedFlink.environment(1, temporary.path());
        new TagJob(env, tagger)
                .source("frames", frames(OURS), 1)
                .build(KafkaPrompts.from(env, kafka(), PromptsTopic.DEFAULT_TOPIC).changes())
                .tagsTo(tags(OURS));
        return start(env, OURS);
    }

    /** The job that one would write instead. */
    JobFeed startUsual(UsualEncoder.Kind kind, ModelFolder model, int prompts) throws Exception {
        String job = kind.name().toLowerCase(Locale.ROOT);
        createTopics(job);
        StreamExecutionEnvironment env = EmbeddedFlink.environment(1, temporary.path());
        env.fromSource(
                        frames(job),
                        WatermarkStrategy.noWatermarks(),
                        "frames",
                        TypeInformation.of(StreamItem.class))
                .map(new UsualMap(kind, UsualModel.of(model), prompts))
                .returns(TypeInformation.of(FrameTags.class))
                .sinkTo(tags(job));
        return start(env, job);
    }

    /**
     * The main job on cameras, with tags and status on topics.
     *
     * @param cameras how many the source reads
     */
    CameraFeed startCameras(ModelFolder model, VideoSource source, int cameras) throws Exception {
        String tagsTopic = JobFeed.tagsTopic(CAMERAS);
        KafkaTopics.ensure(
                kafka(),
                List.of(
                        KafkaTopic.results(tagsTopic, 1)
                                .with("message.timestamp.type", "LogAppendTime"),
                        KafkaTopic.results(KafkaResults.DEFAULT_STATUS_TOPIC, 1)));
        StreamExecutionEnvironment env = EmbeddedFlink.environment(cameras, temporary.path());
        TagJob job =
                new TagJob(env, FrameTagger.builder().model(model.path().toString()).build())
                        .source(CAMERAS, source, env.getParallelism());
        job.build(job.fixedPrompts(ChainBenchmark.prompts()))
                .tagsTo(tags(CAMERAS))
                .statusTo(KafkaResults.status().connection(kafka()).build());
        jobs.add(env.executeAsync("frametag bench " + CAMERAS));
        return new CameraFeed(
                broker.bootstrapServers(), tagsTopic, KafkaResults.DEFAULT_STATUS_TOPIC);
    }

    /** Throws where a job is over, which only a failure brings about. */
    void checkRunning() throws UserError, InterruptedException {
        for (JobClient job : jobs) {
            JobFeed.checkRunning(job);
        }
    }

    /** Ends the jobs in order: what is in flight is tagged, and the last status told. */
    void drain() throws InterruptedException {
        for (JobClient job : jobs) {
            JobStop.drain(job, temporary.path().resolve("savepoints"), DRAIN_LIMIT);
        }
        jobs.clear();
    }

    private void createTopics(String job) throws Exception {
        KafkaTopics.ensure(
                kafka(),
                List.of(
                        KafkaTopic.frames(JobFeed.framesTopic(job), 1),
                        // The broker's own time, so that latency is measured at its log.
                        KafkaTopic.results(JobFeed.tagsTopic(job), 1)
                                .with("message.timestamp.type", "LogAppendTime")));
    }

    private KafkaSource<StreamItem> frames(String job) {
        return KafkaFrames.builder().connection(kafka()).topic(JobFeed.framesTopic(job)).build();
    }

    private KafkaSink<FrameTags> tags(String job) {
        return KafkaResults.tags().connection(kafka()).topic(JobFeed.tagsTopic(job)).build();
    }

    private JobFeed start(StreamExecutionEnvironment env, String job) throws Exception {
        JobClient client = env.executeAsync("frametag bench " + job);
        jobs.add(client);
        return new JobFeed(broker.bootstrapServers(), job, client);
    }

    @Override
    public void close() {
        jobs.forEach(BenchStage::cancel);
        broker.close();
        temporary.close();
    }

    private static void cancel(JobClient job) {
        try {
            job.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A job could not be cancelled", e);
        }
    }
}
