package io.frametag.jobs.tag;

import io.frametag.connectors.kafka.KafkaFrames;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.video.StreamDirectory;
import io.frametag.connectors.video.VideoSource;
import io.frametag.connectors.video.VideoSourceBuilder;
import io.frametag.connectors.video.VideoStream;
import io.frametag.jobs.EmbeddedFlink;
import io.frametag.jobs.JobFailure;
import io.frametag.jobs.JobStop;
import io.frametag.jobs.JsonLinesSink;
import io.frametag.jobs.StopSignal;
import io.frametag.jobs.TagJob;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.jobs.UserError;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.sample.Sampling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run of {@code frametag tag}, from the request to the summary. */
public final class TagRun {

    /** Leaves time for a cancellation within {@link StopSignal#LIMIT}. */
    private static final Duration STOP_LIMIT = Duration.ofMillis(3_000);

    /** Between two looks at a list of cameras. */
    private static final Duration LIST_INTERVAL = Duration.ofSeconds(1);

    private final TagPlan plan;
    private final PrintWriter err;

    private TagRun(TagPlan plan, PrintWriter err) {
        this.plan = plan;
        this.err = err;
    }

    /**
     * Checks the request and carries it out.
     *
     * @param err for progress, the summary and one line for each stream that failed
     * @return the exit code
     * @throws Exception with a message of one line
     */
    public static int run(TagRequest request, PrintWriter err) throws Exception {
        return new TagRun(TagPlan.of(request), err).run();
    }

    private int run() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        StopSignal stop = StopSignal.listen(stopping::countDown);
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            StreamExecutionEnvironment env =
                    EmbeddedFlink.environment(plan.streams(), temporary.path());
            TagMonitor monitor = new TagMonitor(build(env).streams(), plan.output(), err);
            JobClient job = env.executeAsync("frametag tag");
            monitor.start();
            stopWhenAsked(job, stopping, temporary.path().resolve("savepoints"));
            JobFailure.await(job, stop);
            monitor.finish(stop.isRaised());
            return stop.exitCodeOr(monitor.allWell() ? 0 : UserError.FAILED);
        } finally {
            stop.close();
        }
    }

    private static void stopWhenAsked(JobClient job, CountDownLatch stopping, Path savepoints) {
        Thread stopper =
                new Thread(
                        () -> {
                            try {
                                stopping.await();
                                JobStop.drain(job, savepoints, STOP_LIMIT);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop-job");
        stopper.setDaemon(true);
        stopper.start();
    }

    private TagJob.Results build(StreamExecutionEnvironment env) {
        FrameTagger tagger =
                FrameTagger.builder()
                        .model(plan.model().path().toString())
                        .sampling(motionAlone(plan.sampling()))
                        .decodeReduced(plan.reducedDecode())
                        .encodeOn(plan.provider().id(), plan.device())
                        .build();
        TagJob job = new TagJob(env, tagger);
        addStreams(job, env.getParallelism());
        plan.sources().stream()
                .filter(source -> source.kind() == TagSource.Kind.TOPIC)
                .forEach(topic -> addTopic(job, topic.location()));
        return sink(job.build(job.fixedPrompts(plan.prompts())));
    }

    private void addTopic(TagJob job, String topic) {
        KafkaFrames.Builder frames = KafkaFrames.builder().connection(plan.kafka()).topic(topic);
        if (plan.delivery() != null) {
            frames.delivery(plan.delivery());
        }
        job.sampledSource("frames-" + topic, frames.build(), plan.sampling());
    }

    /** The rate is seen to where frames are read. */
    private static Sampling motionAlone(Sampling sampling) {
        return new Sampling(Double.POSITIVE_INFINITY, sampling.motion());
    }

    /** All of them in one source, since two would be joined where frames can't be passed on. */
    private void addStreams(TagJob job, int parallelism) {
        VideoSourceBuilder source =
                VideoSource.builder()
                        .sampling(plan.sampling())
                        .keyframesOnly(plan.keyframes())
                        .cameras(plan.limits());
        int streams = 0;
        for (TagSource stream : plan.sources()) {
            if (stream.kind() != TagSource.Kind.TOPIC) {
                source.stream(stream.stream(), stream.location());
                streams++;
            }
        }
        for (VideoStream camera : plan.cameras().fixed()) {
            source.stream(camera);
            streams++;
        }
        if (plan.delivery() != null) {
            source.delivery(plan.delivery());
        }
        StreamDirectory directory = plan.cameras().directory();
        if (directory != null) {
            source.directory(directory, LIST_INTERVAL);
        }
        if (streams > 0 || directory != null) {
            int readers = directory == null ? Math.min(parallelism, streams) : parallelism;
            job.source("videos", source.build(), readers);
        }
    }

    private TagJob.Results sink(TagJob.Results results) {
        return switch (plan.output().kind()) {
            case STANDARD_OUTPUT -> results.tagsTo(JsonLinesSink.toStandardOutput());
            case FILE -> results.tagsTo(JsonLinesSink.toFile(plan.output().name()));
            case TOPIC ->
                    results.tagsTo(
                                    KafkaResults.tags()
                                            .connection(plan.kafka())
                                            .topic(plan.output().name())
                                            .build())
                            .statusTo(KafkaResults.status().connection(plan.kafka()).build())
                            .errorsTo(KafkaResults.errors().connection(plan.kafka()).build())
                            .promptErrorsTo(
                                    KafkaResults.promptErrors().connection(plan.kafka()).build());
        };
    }
}
