package io.frametag.operators;

import io.frametag.operators.account.AccountEntry;
import io.frametag.operators.account.StreamAccounting;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.VersionedTypeInfo;
import io.frametag.operators.encode.EncodeFrames;
import io.frametag.operators.encode.IntakeFrames;
import io.frametag.operators.encode.SplitResults;
import io.frametag.operators.match.EncodePrompts;
import io.frametag.operators.match.MatchPrompts;
import io.frametag.operators.match.PromptSetChange;
import io.frametag.operators.match.PromptSetChangeSerializer;
import io.frametag.operators.match.PromptWatermarks;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.sample.SampleFrames;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Puts the operators together. Their uids are fixed: savepoints depend on them. */
final class TaggingPipeline {

    private final FrameTaggerSettings settings;
    private final EncoderModels models;

    TaggingPipeline(FrameTaggerSettings settings, EncoderModels models) {
        this.settings = settings;
        this.models = models;
    }

    TaggedStreams build(DataStream<StreamItem> items, DataStream<PromptChange> prompts) {
        DataStream<StreamItem> sampled = sample(items);
        SingleOutputStreamOperator<Frame> frames = intake(sampled);
        SingleOutputStreamOperator<FrameEmbedding> complete = results(encode(frames), "");
        SingleOutputStreamOperator<FrameEmbedding> live =
                results(
                        encodeLive(
                                frames.getSideOutput(IntakeFrames.LIVE), frames.getParallelism()),
                        "-live");
        SingleOutputStreamOperator<PromptSetChange> changes = encodePrompts(prompts);
        SingleOutputStreamOperator<FrameTags> tags = match(complete.union(live), changes);
        DataStream<AccountEntry> entries =
                frames.getSideOutput(IntakeFrames.ENTRIES)
                        .union(
                                complete.getSideOutput(SplitResults.ENTRIES),
                                live.getSideOutput(SplitResults.ENTRIES),
                                tags.getSideOutput(MatchPrompts.ENTRIES));
        return new TaggedStreams(
                tags,
                account(entries),
                complete.getSideOutput(SplitResults.FAILED)
                        .union(live.getSideOutput(SplitResults.FAILED)),
                changes.getSideOutput(EncodePrompts.FAILED));
    }

    private DataStream<StreamItem> sample(DataStream<StreamItem> items) {
        if (settings.sampling().keepsEveryRate()) {
            return items;
        }
        SingleOutputStreamOperator<StreamItem> sampled =
                items.keyBy(StreamItem::stream)
                        .process(
                                new SampleFrames(
                                        settings.sampling().byRate(), settings.statusInterval()))
                        .returns(TypeInformation.of(StreamItem.class));
        return named(sampled, "sample", "Sample frames");
    }

    private SingleOutputStreamOperator<Frame> intake(DataStream<StreamItem> items) {
        SingleOutputStreamOperator<Frame> frames =
                items.process(new IntakeFrames()).returns(TypeInformation.of(Frame.class));
        // The source's own parallelism, or they would not be chained.
        frames.setParallelism(items.getParallelism());
        return named(frames, "intake", "Take in frames");
    }

    /** In the order of all frames, so that a restart keeps the order of each stream. */
    private SingleOutputStreamOperator<EncodeResult> encode(DataStream<Frame> frames) {
        SingleOutputStreamOperator<EncodeResult> results =
                AsyncDataStream.orderedWait(
                                frames,
                                encodeFrames(),
                                settings.timeout().toMillis(),
                                TimeUnit.MILLISECONDS,
                                settings.queueCapacity())
                        .returns(TypeInformation.of(EncodeResult.class))
                        .setParallelism(frames.getParallelism());
        return named(results, "encode", "Encode frames");
    }

    /** Apart, and in no order across streams, so that a live frame waits for none but its own. */
    private SingleOutputStreamOperator<EncodeResult> encodeLive(
            DataStream<Frame> frames, int parallelism) {
        SingleOutputStreamOperator<EncodeResult> results =
                AsyncDataStream.unorderedWait(
                                frames,
                                encodeFrames(),
                                settings.timeout().toMillis(),
                                TimeUnit.MILLISECONDS,
                                settings.queueCapacity())
                        .returns(TypeInformation.of(EncodeResult.class))
                        .setParallelism(parallelism);
        return named(results, "encode-live", "Encode live frames");
    }

    private EncodeFrames encodeFrames() {
        return new EncodeFrames(
                models, settings.batch(), settings.policy(), settings.maxErrorBytes());
    }

    private SingleOutputStreamOperator<FrameEmbedding> results(
            SingleOutputStreamOperator<EncodeResult> results, String suffix) {
        SingleOutputStreamOperator<FrameEmbedding> embeddings =
                results.process(new SplitResults())
                        .returns(TypeInformation.of(FrameEmbedding.class))
                        .setParallelism(results.getParallelism());
        return named(embeddings, "results" + suffix, "Part frames not encoded");
    }

    private SingleOutputStreamOperator<PromptSetChange> encodePrompts(
            DataStream<PromptChange> prompts) {
        SingleOutputStreamOperator<PromptSetChange> changes =
                prompts.transform(
                                "Encode prompts",
                                new VersionedTypeInfo<>(
                                        PromptSetChange.class, new PromptSetChangeSerializer()),
                                new EncodePrompts(
                                        models, settings.maxPrompts(), settings.textEncoderIdle()))
                        .forceNonParallel();
        return named(changes, "encode-prompts", "Encode prompts");
    }

    private SingleOutputStreamOperator<FrameTags> match(
            DataStream<FrameEmbedding> embeddings,
            SingleOutputStreamOperator<PromptSetChange> changes) {
        Duration maxWait = settings.gate().maxWait();
        SingleOutputStreamOperator<PromptSetChange> timeless =
                changes.assignTimestampsAndWatermarks(
                                WatermarkStrategy.<PromptSetChange>forGenerator(
                                        context -> new PromptWatermarks(maxWait)))
                        .forceNonParallel();
        BroadcastStream<PromptSetChange> broadcast =
                named(timeless, "prompt-watermarks", "Take prompts out of event time")
                        .broadcast(MatchPrompts.PROMPTS, MatchPrompts.FACTS);
        SingleOutputStreamOperator<FrameTags> tags =
                embeddings
                        .keyBy(FrameEmbedding::stream)
                        .connect(broadcast)
                        .process(new MatchPrompts(settings.thresholds(), settings.gate()))
                        .returns(TypeInformation.of(FrameTags.class));
        return named(tags, "match", "Match prompts");
    }

    private DataStream<StreamStatus> account(DataStream<AccountEntry> entries) {
        SingleOutputStreamOperator<StreamStatus> status =
                entries.keyBy(AccountEntry::stream)
                        .process(new StreamAccounting(settings.statusInterval()))
                        .returns(TypeInformation.of(StreamStatus.class));
        return named(status, "account", "Account for frames");
    }

    private <T> SingleOutputStreamOperator<T> named(
            SingleOutputStreamOperator<T> operator, String uid, String name) {
        return operator.name(name).uid(settings.uidPrefix() + "-" + uid);
    }
}
