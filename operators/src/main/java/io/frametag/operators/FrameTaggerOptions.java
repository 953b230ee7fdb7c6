package io.frametag.operators;

import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of {@link FrameTagger}, for configuration files and its builder alike. */
@PublicEvolving
public final class FrameTaggerOptions {

    public static final ConfigOption<String> MODEL =
            ConfigOptions.key("frametag.model")
                    .stringType()
                    .defaultValue("nano")
                    .withDescription(
                            "The model: a name in the model store or the path of a model folder.");

    public static final ConfigOption<Boolean> DECODE_REDUCED =
            ConfigOptions.key("frametag.decode.reduced")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether JPEG frames are decoded to a half, a quarter or an eighth of"
                                    + " their size where that still covers the model's input:"
                                    + " cheaper, and not quite the same picture.");

    public static final ConfigOption<Integer> ENCODE_LANES =
            ConfigOptions.key("frametag.encode.lanes")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Runs of the model at a time. Default: the cores of the machine, at"
                                    + " most 4; 2 on a GPU. More lanes take more memory and give more frames a"
                                    + " second; fewer have one frame done sooner.");

    public static final ConfigOption<Integer> ENCODE_THREADS =
            ConfigOptions.key("frametag.encode.threads")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Threads that one run of the model is spread over: the lane's own and"
                                    + " others that all lanes share. Default: such that lanes and"
                                    + " shared threads are as many as the cores.");

    public static final ConfigOption<String> ENCODE_PROVIDER =
            ConfigOptions.key("frametag.encode.provider")
                    .stringType()
                    .defaultValue("cpu")
                    .withDescription(
                            "What the model runs on: cpu, or in a build with the Maven profile gpu,"
                                    + " cuda or tensorrt. A provider that can't be used fails the"
                                    + " job; it never falls back to the processor.");

    public static final ConfigOption<Integer> ENCODE_DEVICE =
            ConfigOptions.key("frametag.encode.device")
                    .intType()
                    .defaultValue(0)
                    .withDescription("Which GPU, from 0; of no account with provider cpu.");

    public static final ConfigOption<Integer> BATCH_MAX_SIZE =
            ConfigOptions.key("frametag.batch.max-size")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Most frames that one run of the model encodes. Processors gain nothing"
                                    + " from more.");

    public static final ConfigOption<Duration> BATCH_MAX_DELAY =
            ConfigOptions.key("frametag.batch.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription("How long the first frame of a batch waits for others.");

    public static final ConfigOption<Integer> QUEUE_CAPACITY =
            ConfigOptions.key("frametag.queue.capacity")
                    .intType()
                    .defaultValue(32)
                    .withDescription(
                            "Most frames that one parallel encoder has in flight; they are kept in"
                                    + " checkpoints. Beyond, the source is held back.");

    public static final ConfigOption<Duration> TIMEOUT =
            ConfigOptions.key("frametag.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription("After which a frame that is not encoded has failed.");

    public static final ConfigOption<String> SAMPLING =
            ConfigOptions.key("frametag.sampling")
                    .stringType()
                    .defaultValue("all")
                    .withDescription(
                            "Which frames of a stream are looked at: a rate such as 2fps, an"
                                    + " interval such as 10s, motion such as motion:0.5%:30s, both"
                                    + " such as 2fps+motion, or all. Cheaper where the source can"
                                    + " do it.");

    public static final ConfigOption<Double> REUSE_MAX_CHANGE =
            ConfigOptions.key("frametag.reuse.max-change")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription(
                            "Share of a picture, such as 0.001, up to which it may differ from the"
                                    + " last one of its stream that was encoded and get that one's"
                                    + " tags instead of being encoded; 0: every frame is"
                                    + " encoded.");

    public static final ConfigOption<Duration> LIVE_MAX_STALENESS =
            ConfigOptions.key("frametag.live.max-staleness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "Age beyond which a frame of a live stream is dropped instead of"
                                    + " encoded, where the stream names no limit of its own. Give"
                                    + " at least the time of two batches.");

    public static final ConfigOption<Double> THRESHOLD =
            ConfigOptions.key("frametag.threshold")
                    .doubleType()
                    .defaultValue(0.3)
                    .withDescription(
                            "Least probability of a tag, for prompts with a group or negatives"
                                    + " that have no threshold of their own.");

    public static final ConfigOption<Double> THRESHOLD_ALONE =
            ConfigOptions.key("frametag.threshold.alone")
                    .doubleType()
                    .defaultValue(0.7)
                    .withDescription(
                            "Least probability of a tag, for prompts without group and negatives"
                                    + " that have no threshold of their own.");

    public static final ConfigOption<Duration> STATUS_INTERVAL =
            ConfigOptions.key("frametag.status.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "Least time between two statuses of a stream whose state is the"
                                    + " same.");

    public static final ConfigOption<Integer> PROMPTS_MAX_COUNT =
            ConfigOptions.key("frametag.prompts.max-count")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription("Most prompts; more are refused.");

    public static final ConfigOption<Duration> TEXT_ENCODER_IDLE =
            ConfigOptions.key("frametag.prompts.text-encoder-idle")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "After which the text encoder's memory is freed, where no prompt needed"
                                    + " it; the next one opens it again.");

    public static final ConfigOption<Integer> GATE_MAX_FRAMES =
            ConfigOptions.key("frametag.prompts.gate.max-frames")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Most frames of a stream that wait for the prompts of the start;"
                                    + " beyond, the oldest are dropped.");

    public static final ConfigOption<Duration> GATE_MAX_WAIT =
            ConfigOptions.key("frametag.prompts.gate.max-wait")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long frames wait for the prompts of the start before they go on"
                                    + " with those that are there.");

    public static final ConfigOption<MemorySize> ERRORS_MAX_BYTES =
            ConfigOptions.key("frametag.errors.max-bytes")
                    .memoryType()
                    .defaultValue(new MemorySize(64 << 10))
                    .withDescription("Up to which size a failed frame keeps its bytes.");

    public static final ConfigOption<String> UID_PREFIX =
            ConfigOptions.key("frametag.uid-prefix")
                    .stringType()
                    .defaultValue("frametag")
                    .withDescription(
                            "First part of the operators' uids, by which savepoints find their"
                                    + " state; change it where a job has more than one tagger.");

    private FrameTaggerOptions() {}
}
