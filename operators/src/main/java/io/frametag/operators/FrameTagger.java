package io.frametag.operators;

import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.model.EncoderModels;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * Tags the frames of streams with the prompts they match.
 *
 * <pre>{@code
 * StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
 * env.enableCheckpointing(10_000);
 *
 * DataStream<StreamItem> frames =
 *         env.fromSource(source, WatermarkStrategy.noWatermarks(), "cameras");
 * DataStream<PromptChange> prompts =
 *         env.fromData(
 *                 PromptChange.put(1, Prompt.of("dog", "a dog")),
 *                 PromptChange.put(1, Prompt.of("fire", "a building on fire")),
 *                 PromptChange.snapshotEnd());
 *
 * TaggedStreams tagged = FrameTagger.builder().model("nano").build().tag(frames, prompts);
 * tagged.tags().print();
 * tagged.errors().print();
 * env.execute("tag");
 * }</pre>
 *
 * <p>Each frame ends as exactly one of tagged, sampled out, dropped or failed, and {@link
 * TaggedStreams#status()} counts them; with checkpoints and a source that can be replayed, exactly
 * once. Tags are in the order of the frames of each stream. Frames wait for the prompts that were
 * there at the start, within bounds, until {@link PromptChange#snapshotEnd()} comes.
 *
 * <p>Reading, encoding and what lies between run in one chain, so decoded pictures never cross a
 * network edge and are in checkpoints as JPEG. All of a TaskManager's slots share one model.
 * Immutable and thread-safe; one instance may be used in several jobs, and twice in one job only
 * with different uid prefixes.
 */
@PublicEvolving
public final class FrameTagger {

    private final FrameTaggerSettings settings;
    private final EncoderModels models;

    private FrameTagger(FrameTaggerSettings settings, EncoderModels models) {
        this.settings = settings;
        this.models = models;
    }

    /** With the defaults of {@link FrameTaggerOptions}. */
    public static Builder builder() {
        return new Builder(new Configuration());
    }

    /**
     * With the {@link FrameTaggerOptions} of a configuration.
     *
     * @throws IllegalArgumentException if an option breaks its rule; the message names all three
     */
    public static FrameTagger fromConfiguration(ReadableConfig config) {
        FrameTaggerSettings settings = FrameTaggerSettings.from(config);
        return new FrameTagger(settings, settings.storedModels());
    }

    /**
     * Adds the operators to the job.
     *
     * @param items frames and reports; their parallelism is the encoders' too
     * @param prompts changes of the prompt set, with {@link PromptChange#snapshotEnd()} after those
     *     of the start; read by one task
     */
    public TaggedStreams tag(DataStream<StreamItem> items, DataStream<PromptChange> prompts) {
        return new TaggingPipeline(settings, models).build(items, prompts);
    }

    /** Collects options; not thread-safe. Defaults are those of {@link FrameTaggerOptions}. */
    @PublicEvolving
    public static final class Builder {

        private final Configuration config;
        private @Nullable EncoderModels models;

        private Builder(Configuration config) {
            this.config = config;
        }

        /** {@link FrameTaggerOptions#MODEL}. */
        public Builder model(String nameOrPath) {
            return set(FrameTaggerOptions.MODEL, nameOrPath);
        }

        /** {@link FrameTaggerOptions#DECODE_REDUCED}. */
        public Builder decodeReduced(boolean reduced) {
            return set(FrameTaggerOptions.DECODE_REDUCED, reduced);
        }

        /** {@link FrameTaggerOptions#ENCODE_PROVIDER} and {@code ENCODE_DEVICE}. */
        public Builder encodeOn(String provider, int device) {
            return set(FrameTaggerOptions.ENCODE_PROVIDER, provider)
                    .set(FrameTaggerOptions.ENCODE_DEVICE, device);
        }

        /** {@link FrameTaggerOptions#ENCODE_LANES}. */
        public Builder encodeLanes(int lanes) {
            return set(FrameTaggerOptions.ENCODE_LANES, lanes);
        }

        /** {@link FrameTaggerOptions#ENCODE_THREADS}. */
        public Builder encodeThreads(int threads) {
            return set(FrameTaggerOptions.ENCODE_THREADS, threads);
        }

        /** {@link FrameTaggerOptions#BATCH_MAX_SIZE}. */
        public Builder batchMaxSize(int frames) {
            return set(FrameTaggerOptions.BATCH_MAX_SIZE, frames);
        }

        /** {@link FrameTaggerOptions#BATCH_MAX_DELAY}. */
        public Builder batchMaxDelay(Duration delay) {
            return set(FrameTaggerOptions.BATCH_MAX_DELAY, delay);
        }

        /** {@link FrameTaggerOptions#QUEUE_CAPACITY}. */
        public Builder queueCapacity(int frames) {
            return set(FrameTaggerOptions.QUEUE_CAPACITY, frames);
        }

        /** {@link FrameTaggerOptions#TIMEOUT}. */
        public Builder timeout(Duration timeout) {
            return set(FrameTaggerOptions.TIMEOUT, timeout);
        }

        /** {@link FrameTaggerOptions#SAMPLING}. */
        public Builder sampling(Sampling sampling) {
            return set(FrameTaggerOptions.SAMPLING, sampling.toText());
        }

        /** {@link FrameTaggerOptions#REUSE_MAX_CHANGE}. */
        public Builder reuseMaxChange(double share) {
            return set(FrameTaggerOptions.REUSE_MAX_CHANGE, share);
        }

        /** {@link FrameTaggerOptions#LIVE_MAX_STALENESS}. */
        public Builder liveMaxStaleness(Duration age) {
            return set(FrameTaggerOptions.LIVE_MAX_STALENESS, age);
        }

        /** {@link FrameTaggerOptions#THRESHOLD}. */
        public Builder threshold(double probability) {
            return set(FrameTaggerOptions.THRESHOLD, probability);
        }

        /** {@link FrameTaggerOptions#THRESHOLD_ALONE}. */
        public Builder thresholdAlone(double probability) {
            return set(FrameTaggerOptions.THRESHOLD_ALONE, probability);
        }

        /** {@link FrameTaggerOptions#STATUS_INTERVAL}. */
        public Builder statusInterval(Duration interval) {
            return set(FrameTaggerOptions.STATUS_INTERVAL, interval);
        }

        /** {@link FrameTaggerOptions#PROMPTS_MAX_COUNT}. */
        public Builder maxPrompts(int count) {
            return set(FrameTaggerOptions.PROMPTS_MAX_COUNT, count);
        }

        /** {@link FrameTaggerOptions#TEXT_ENCODER_IDLE}. */
        public Builder textEncoderIdle(Duration idle) {
            return set(FrameTaggerOptions.TEXT_ENCODER_IDLE, idle);
        }

        /** {@link FrameTaggerOptions#GATE_MAX_FRAMES} and {@code GATE_MAX_WAIT}. */
        public Builder promptGate(int maxFrames, Duration maxWait) {
            return set(FrameTaggerOptions.GATE_MAX_FRAMES, maxFrames)
                    .set(FrameTaggerOptions.GATE_MAX_WAIT, maxWait);
        }

        /** {@link FrameTaggerOptions#UID_PREFIX}. */
        public Builder uidPrefix(String prefix) {
            return set(FrameTaggerOptions.UID_PREFIX, prefix);
        }

        /** Any of {@link FrameTaggerOptions}. */
        public <T> Builder set(ConfigOption<T> option, T value) {
            config.set(option, value);
            return this;
        }

        /** Encoders other than those of the model store, in place of {@link #model}. */
        @Experimental
        public Builder models(EncoderModels encoders) {
            this.models = encoders;
            return this;
        }

        /**
         * @throws IllegalArgumentException if an option breaks its rule; the message names all
         *     three
         */
        public FrameTagger build() {
            FrameTaggerSettings settings = FrameTaggerSettings.from(config);
            return new FrameTagger(settings, models == null ? settings.storedModels() : models);
        }
    }
}
