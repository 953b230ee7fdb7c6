package io.frametag.jobs.bench;

import io.frametag.jobs.EmbeddedFlink;
import io.frametag.jobs.TagJob;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.TaggedStreams;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** One job of the overload benchmark, from its first frame to the account of all. */
final class OverloadRun {

    private final OverloadSettings settings;
    private final byte[][] jpegs;

    OverloadRun(OverloadSettings settings, List<byte[]> jpegs) {
        this.settings = settings;
        this.jpegs = jpegs.toArray(new byte[0][]);
    }

    /**
     * Offers frames.
     *
     * @param perSecond infinity: as many as the job takes
     */
    OverloadOutcome offer(long frames, double perSecond, Delivery delivery) throws Exception {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            StreamExecutionEnvironment env = EmbeddedFlink.environment(1, temporary.path());
            TagJob job = new TagJob(env, tagger());
            job.source("frames", source(frames, perSecond, delivery), 1);
            TaggedStreams streams = job.build(job.fixedPrompts(ChainBenchmark.prompts())).streams();
            CloseableIterator<Tuple2<Long, Long>> tagged =
                    streams.tags()
                            .map(OverloadRun::tagged)
                            .returns(Types.TUPLE(Types.LONG, Types.LONG))
                            .collectAsync();
            CloseableIterator<StreamStatus> statuses = streams.status().collectAsync();
            var client = env.executeAsync("frametag bench overload");
            CompletableFuture<Map<String, StreamStatus>> last =
                    CompletableFuture.supplyAsync(() -> last(statuses));
            List<Tuple2<Long, Long>> all = new ArrayList<>();
            tagged.forEachRemaining(all::add);
            Map<String, StreamStatus> settled = last.join();
            client.getJobExecutionResult().get();
            return new OverloadOutcome(frames, settled.values(), all);
        }
    }

    private FrameTagger tagger() {
        return FrameTagger.builder()
                .model(settings.model().path().toString())
                .batchMaxSize(settings.batch())
                .queueCapacity(Math.max(32, 2 * settings.streams()))
                .build();
    }

    private DataGeneratorSource<StreamItem> source(
            long frames, double perSecond, Delivery delivery) {
        return new DataGeneratorSource<>(
                new OfferedFrames(jpegs, settings.streams(), perSecond, delivery),
                frames,
                Double.isInfinite(perSecond)
                        ? RateLimiterStrategy.noOp()
                        : RateLimiterStrategy.perSecond(perSecond),
                TypeInformation.of(StreamItem.class));
    }

    /** When a frame's tags were there, and how long it took from when it was due. */
    private static Tuple2<Long, Long> tagged(FrameTags tags) {
        long now = System.currentTimeMillis();
        return Tuple2.of(now, now - tags.frameTime());
    }

    private static Map<String, StreamStatus> last(CloseableIterator<StreamStatus> statuses) {
        Map<String, StreamStatus> last = new HashMap<>();
        statuses.forEachRemaining(status -> last.put(status.stream(), status));
        return last;
    }
}
