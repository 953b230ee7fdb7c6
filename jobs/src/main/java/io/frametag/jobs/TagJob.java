package io.frametag.jobs;

import io.frametag.operators.FrameTagger;
import io.frametag.operators.FrameTaggerOptions;
import io.frametag.operators.TaggedStreams;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FailedPrompt;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.sample.SampleFrames;
import io.frametag.operators.sample.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main job: sources of frames and a stream of prompts go in; tags, the status of each stream,
 * and what could not be processed come out. The demo and {@code frametag tag} are both this job,
 * with other sources and sinks.
 *
 * <p>Collects sources, then {@link #build} adds the operators. Sinks have a parallelism of 1 and
 * fixed uids. Not thread-safe.
 */
public final class TagJob {

    private final StreamExecutionEnvironment env;
    private final FrameTagger tagger;
    private final List<DataStream<StreamItem>> items = new ArrayList<>();

    public TagJob(StreamExecutionEnvironment env, FrameTagger tagger) {
        this.env = env;
        this.tagger = tagger;
    }

    /**
     * Adds a source of frames.
     *
     * @param uid by which savepoints find its state
     * @param parallelism of the source, and of the encoders behind it
     */
    public TagJob source(String uid, Source<StreamItem, ?, ?> source, int parallelism) {
        return items(read(uid, source, parallelism));
    }

    private DataStream<StreamItem> read(
            String uid, Source<StreamItem, ?, ?> source, int parallelism) {
        return env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        uid,
                        TypeInformation.of(StreamItem.class))
                .setParallelism(parallelism)
                .uid(uid);
    }

    /**
     * Adds a source that does not sample by itself, of a parallelism of 1. Sampled here, so that
     * the frames of other sources need not pass through the sampling, which parts them by stream.
     *
     * @param sampling of which the rate counts here
     */
    public TagJob sampledSource(String uid, Source<StreamItem, ?, ?> source, Sampling sampling) {
        DataStream<StreamItem> read = read(uid, source, 1);
        if (sampling.keepsEveryRate()) {
            return items(read);
        }
        return items(
                read.keyBy(StreamItem::stream)
                        .process(
                                new SampleFrames(
                                        sampling,
                                        FrameTaggerOptions.STATUS_INTERVAL.defaultValue()))
                        .returns(TypeInformation.of(StreamItem.class))
                        .setParallelism(1)
                        .name("Sample frames")
                        .uid("sample-" + uid));
    }

    /** Adds frames that are a stream already. */
    public TagJob items(DataStream<StreamItem> frames) {
        items.add(frames);
        return this;
    }

    /** Prompts that never change. */
    public DataStream<PromptChange> fixedPrompts(List<Prompt> prompts) {
        List<PromptChange> changes = new ArrayList<>();
        prompts.forEach(prompt -> changes.add(PromptChange.put(1, prompt)));
        changes.add(PromptChange.snapshotEnd());
        return env.fromData(changes, TypeInformation.of(PromptChange.class))
                .setParallelism(1)
                .uid("fixed-prompts");
    }

    /** Adds the operators; what comes out is the caller's to sink. */
    public Results build(DataStream<PromptChange> prompts) {
        if (items.isEmpty()) {
            throw new IllegalStateException("a job needs at least one source of frames");
        }
        DataStream<StreamItem> all = items.get(0);
        for (DataStream<StreamItem> more : items.subList(1, items.size())) {
            all = all.union(more);
        }
        return new Results(tagger.tag(all, prompts));
    }

    /**
     * What comes out of the job.
     *
     * @param streams as the operators give them
     */
    public record Results(TaggedStreams streams) {

        public Results tagsTo(Sink<FrameTags> sink) {
            return sink(streams.tags(), sink, "tags-sink");
        }

        public Results statusTo(Sink<StreamStatus> sink) {
            return sink(streams.status(), sink, "status-sink");
        }

        public Results errorsTo(Sink<FailedFrame> sink) {
            return sink(streams.errors(), sink, "errors-sink");
        }

        public Results promptErrorsTo(Sink<FailedPrompt> sink) {
            return sink(streams.promptErrors(), sink, "prompt-errors-sink");
        }

        private <T> Results sink(DataStream<T> stream, Sink<T> sink, String uid) {
            stream.sinkTo(sink).setParallelism(1).name(uid).uid(uid);
            return this;
        }
    }
}
