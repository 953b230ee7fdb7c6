package io.frametag.operators;

import static io.frametag.operators.FrameTaggerOptions.BATCH_MAX_DELAY;
import static io.frametag.operators.FrameTaggerOptions.BATCH_MAX_SIZE;
import static io.frametag.operators.FrameTaggerOptions.DECODE_REDUCED;
import static io.frametag.operators.FrameTaggerOptions.ENCODE_DEVICE;
import static io.frametag.operators.FrameTaggerOptions.ENCODE_LANES;
import static io.frametag.operators.FrameTaggerOptions.ENCODE_PROVIDER;
import static io.frametag.operators.FrameTaggerOptions.ENCODE_THREADS;
import static io.frametag.operators.FrameTaggerOptions.ERRORS_MAX_BYTES;
import static io.frametag.operators.FrameTaggerOptions.GATE_MAX_FRAMES;
import static io.frametag.operators.FrameTaggerOptions.GATE_MAX_WAIT;
import static io.frametag.operators.FrameTaggerOptions.LIVE_MAX_STALENESS;
import static io.frametag.operators.FrameTaggerOptions.MODEL;
import static io.frametag.operators.FrameTaggerOptions.PROMPTS_MAX_COUNT;
import static io.frametag.operators.FrameTaggerOptions.QUEUE_CAPACITY;
import static io.frametag.operators.FrameTaggerOptions.REUSE_MAX_CHANGE;
import static io.frametag.operators.FrameTaggerOptions.SAMPLING;
import static io.frametag.operators.FrameTaggerOptions.STATUS_INTERVAL;
import static io.frametag.operators.FrameTaggerOptions.TEXT_ENCODER_IDLE;
import static io.frametag.operators.FrameTaggerOptions.THRESHOLD;
import static io.frametag.operators.FrameTaggerOptions.THRESHOLD_ALONE;
import static io.frametag.operators.FrameTaggerOptions.TIMEOUT;
import static io.frametag.operators.FrameTaggerOptions.UID_PREFIX;

import io.frametag.models.ExecutionProvider;
import io.frametag.operators.encode.BatchOptions;
import io.frametag.operators.encode.EncodePolicy;
import io.frametag.operators.match.GateLimits;
import io.frametag.operators.match.Thresholds;
import io.frametag.operators.model.EncoderSettings;
import io.frametag.operators.model.StoredModels;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/** {@link FrameTaggerOptions}, read once and checked. Immutable. */
record FrameTaggerSettings(
        StoredModels storedModels,
        BatchOptions batch,
        EncodePolicy policy,
        int queueCapacity,
        Duration timeout,
        Sampling sampling,
        Thresholds thresholds,
        Duration statusInterval,
        int maxPrompts,
        Duration textEncoderIdle,
        GateLimits gate,
        int maxErrorBytes,
        String uidPrefix) {

    private static final int MOST_IN_FLIGHT = 4_096;
    private static final int MOST_LANES = 64;
    private static final int MOST_THREADS = 1_024;

    /**
     * @throws IllegalArgumentException that names option, value and rule
     */
    static FrameTaggerSettings from(ReadableConfig config) {
        int batchMaxSize = config.get(BATCH_MAX_SIZE);
        int capacity = config.get(QUEUE_CAPACITY);
        check(batchMaxSize >= 1, BATCH_MAX_SIZE, batchMaxSize, "must be >= 1");
        check(
                batchMaxSize <= capacity,
                BATCH_MAX_SIZE,
                batchMaxSize,
                "must be <= " + QUEUE_CAPACITY.key() + " (" + capacity + ")");
        check(capacity <= MOST_IN_FLIGHT, QUEUE_CAPACITY, capacity, "must be <= " + MOST_IN_FLIGHT);
        Duration maxDelay = config.get(BATCH_MAX_DELAY);
        Duration timeout = positive(config, TIMEOUT);
        check(!maxDelay.isNegative(), BATCH_MAX_DELAY, maxDelay, "must be >= 0");
        check(
                maxDelay.compareTo(timeout) < 0,
                BATCH_MAX_DELAY,
                maxDelay,
                "must be < " + TIMEOUT.key() + " (" + timeout + ")");
        return new FrameTaggerSettings(
                storedModels(config),
                BatchOptions.of(batchMaxSize, maxDelay),
                policy(config, timeout),
                capacity,
                timeout,
                sampling(config),
                new Thresholds(
                        probability(config, THRESHOLD), probability(config, THRESHOLD_ALONE)),
                positive(config, STATUS_INTERVAL),
                atLeastOne(config, PROMPTS_MAX_COUNT),
                positive(config, TEXT_ENCODER_IDLE),
                new GateLimits(
                        atLeastOne(config, GATE_MAX_FRAMES), positive(config, GATE_MAX_WAIT)),
                errorBytes(config),
                notBlank(config, UID_PREFIX));
    }

    private static StoredModels storedModels(ReadableConfig config) {
        EncoderSettings encoder =
                new EncoderSettings(
                        fromOneTo(config, ENCODE_LANES, MOST_LANES),
                        fromOneTo(config, ENCODE_THREADS, MOST_THREADS),
                        provider(config),
                        device(config));
        return new StoredModels(notBlank(config, MODEL), config.get(DECODE_REDUCED), encoder);
    }

    private static ExecutionProvider provider(ReadableConfig config) {
        String name = config.get(ENCODE_PROVIDER);
        try {
            return ExecutionProvider.named(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ENCODE_PROVIDER.key() + " (" + name + ") must be cpu, cuda or tensorrt", e);
        }
    }

    private static int device(ReadableConfig config) {
        int device = config.get(ENCODE_DEVICE);
        check(device >= 0, ENCODE_DEVICE, device, "must be >= 0");
        return device;
    }

    private static @Nullable Integer fromOneTo(
            ReadableConfig config, ConfigOption<Integer> option, int most) {
        Integer value = config.getOptional(option).orElse(null);
        check(
                value == null || (value >= 1 && value <= most),
                option,
                value,
                "must be from 1 to " + most);
        return value;
    }

    private static EncodePolicy policy(ReadableConfig config, Duration timeout) {
        Duration maxStaleness = positive(config, LIVE_MAX_STALENESS);
        check(
                maxStaleness.compareTo(timeout) < 0,
                LIVE_MAX_STALENESS,
                maxStaleness,
                "must be < " + TIMEOUT.key() + " (" + timeout + ")");
        double reuse = config.get(REUSE_MAX_CHANGE);
        check(reuse >= 0 && reuse < 1, REUSE_MAX_CHANGE, reuse, "must be >= 0 and < 1");
        return new EncodePolicy(maxStaleness, sampling(config).motion(), reuse);
    }

    private static Sampling sampling(ReadableConfig config) {
        String text = config.get(SAMPLING);
        try {
            return Sampling.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    SAMPLING.key() + " (" + text + ") must be " + Sampling.RULE, e);
        }
    }

    private static int errorBytes(ReadableConfig config) {
        MemorySize most = config.get(ERRORS_MAX_BYTES);
        check(
                most.getBytes() <= 16 << 20,
                ERRORS_MAX_BYTES,
                most.getBytes() + " b",
                "must be <= 16 mb");
        return (int) most.getBytes();
    }

    private static Duration positive(ReadableConfig config, ConfigOption<Duration> option) {
        Duration value = config.get(option);
        check(value.toMillis() >= 1, option, value, "must be >= 1 ms");
        return value;
    }

    private static int atLeastOne(ReadableConfig config, ConfigOption<Integer> option) {
        int value = config.get(option);
        check(value >= 1, option, value, "must be >= 1");
        return value;
    }

    private static double probability(ReadableConfig config, ConfigOption<Double> option) {
        double value = config.get(option);
        check(value >= 0 && value <= 1, option, value, "must be from 0 to 1");
        return value;
    }

    private static String notBlank(ReadableConfig config, ConfigOption<String> option) {
        String value = config.get(option);
        check(!value.isBlank(), option, value, "must not be blank");
        return value;
    }

    private static void check(
            boolean holds, ConfigOption<?> option, @Nullable Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(option.key() + " (" + value + ") " + rule);
        }
    }
}
