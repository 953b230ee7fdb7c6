package io.frametag.jobs.cli;

import io.frametag.connectors.video.CameraSettings;
import io.frametag.jobs.Providers;
import io.frametag.jobs.UserError;
import io.frametag.jobs.tag.TagRequest;
import io.frametag.jobs.tag.TagRun;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Motion;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "tag",
        description =
                "Tags videos, cameras, pictures or a Kafka topic of frames, in this one process.")
final class TagCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "[NAME=]URI",
            arity = "1..*",
            description =
                    "What to tag: videos, pictures, folders of pictures (watch:FOLDER for those that"
                            + " are still to come), cameras such as rtsp://HOST/PATH, or"
                            + " kafka:TOPIC for a topic of frames. The stream is called NAME, or"
                            + " else like the file or address. Passwords can be given as"
                            + " $${env:NAME} or $${file:/path}.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--cameras",
            paramLabel = "F",
            description =
                    "A list of cameras that may change while the job runs: a YAML or JSON file, or"
                            + " kafka:TOPIC.")
    private @Nullable String cameras;

    @Option(
            names = "--prompts",
            paramLabel = "F",
            description =
                    "JSON file that says what to look for. Model nano has prompts of its own, which"
                            + " are used where none are given.")
    private @Nullable Path prompts;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "nano",
            description =
                    "A model folder, or the name of a model in the store. Default:"
                            + " ${DEFAULT-VALUE}, a demonstration.")
    private String model = "nano";

    @Option(
            names = "--output",
            paramLabel = "O",
            defaultValue = "stdout",
            description =
                    "Where the tags go, one JSON object per frame: stdout, a file or kafka:TOPIC."
                            + " Default: ${DEFAULT-VALUE}.")
    private String output = "stdout";

    @Option(
            names = "--sample",
            paramLabel = "RATE",
            defaultValue = "2fps",
            description =
                    "Frames to look at, such as 2fps, 0.5fps, 10s or all. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String sample = "2fps";

    @Option(
            names = "--motion",
            paramLabel = "SHARE",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Of these, only frames in which something has moved: more than 0.5%% of the"
                            + " picture, or SHARE, such as 2%%; and one each 10 s, or as in 2%%:30s.")
    private @Nullable String motion;

    @Option(
            names = "--delivery",
            paramLabel = "D",
            description =
                    "What frames are owed where more come than can be tagged: complete (all, in"
                            + " their time), live (the newest first), or live:2s (none older)."
                            + " Default: live for cameras, complete for the rest.")
    private @Nullable String delivery;

    @Option(
            names = "--keyframes",
            description =
                    "Decode only the keyframes of videos: much cheaper, and no finer than they lie."
                            + " The frames between count as sampled out.")
    private boolean keyframes;

    @Option(
            names = "--reduced-decode",
            description =
                    "Decode JPEG frames to a half, a quarter or an eighth of their size where that"
                            + " still covers the model's input: cheaper, and not quite the same"
                            + " picture.")
    private boolean reducedDecode;

    @Option(
            names = "--provider",
            paramLabel = "P",
            defaultValue = "cpu",
            description =
                    "What frames are encoded on: cpu, or in a build for GPUs, cuda or tensorrt."
                            + " Default: ${DEFAULT-VALUE}.")
    private String provider = "cpu";

    @Option(
            names = "--device",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which GPU, from 0. Default: ${DEFAULT-VALUE}.")
    private int device;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description =
                    "Kafka brokers for kafka: sources and outputs. Default: ${DEFAULT-VALUE}.")
    private String bootstrapServers = "127.0.0.1:9092";

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description =
                    "One of the options frametag.cameras.* of docs/configuration.md, such as"
                            + " frametag.cameras.stall-timeout=20s.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "job.yaml",
            description = "YAML file with values for options that are not given here.")
    private @Nullable Path config;

    TagCommand() {}

    @Override
    public Integer call() throws Exception {
        Logs.send("tag", true);
        TagRequest request =
                new TagRequest(
                        sources,
                        cameras,
                        config,
                        prompts,
                        model,
                        output,
                        sampling(),
                        delivery(),
                        keyframes,
                        reducedDecode,
                        Providers.provider(provider),
                        Providers.device(device),
                        limits(),
                        bootstrapServers);
        return TagRun.run(request, spec.commandLine().getErr());
    }

    private Sampling sampling() throws UserError {
        try {
            Sampling sampling = Sampling.parse(sample);
            if (motion == null) {
                return sampling;
            }
            return sampling.onMotion(
                    Motion.parse(motion.isEmpty() ? "motion" : "motion:" + motion));
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }

    private CameraSettings limits() throws UserError {
        try {
            return CameraSettings.parse(options);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }

    private @Nullable Delivery delivery() throws UserError {
        try {
            return delivery == null ? null : Delivery.parse(delivery);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }
}
