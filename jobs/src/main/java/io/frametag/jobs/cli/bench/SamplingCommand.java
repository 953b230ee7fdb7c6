package io.frametag.jobs.cli.bench;

import io.frametag.jobs.DemoPrompts;
import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.SamplingBenchmark;
import io.frametag.jobs.bench.SamplingSettings;
import io.frametag.models.ModelStore;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.sample.Motion;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sampling",
        description = {
            "Measures what sampling by rate, by keyframes, on motion, and the reuse of embeddings"
                    + " save on a video, and how often a frame's label stays the same.",
            "Baseline in the same run: every frame decoded and encoded. All on one core."
        })
final class SamplingCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--video", required = true, paramLabel = "F", description = "A video file.")
    private Path video = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "nano",
            description =
                    "A model folder, or the name of a model in the store. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String model = "nano";

    @Option(
            names = "--labels",
            paramLabel = "L",
            split = ",",
            description = "Among which each frame's is looked for. Default: those of the demo.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "400",
            description = "Of the video, from its start. Default: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "2fps",
            description = "Default: ${DEFAULT-VALUE}.")
    private String rate = "2fps";

    @Option(
            names = "--motion",
            paramLabel = "MOTION",
            defaultValue = "motion:0.5%:10s",
            description = "Default: ${DEFAULT-VALUE}.")
    private String motion = "motion:0.5%:10s";

    @Option(
            names = "--reuse",
            paramLabel = "SHARE",
            defaultValue = "0.001",
            description =
                    "Of a picture that may have changed for an embedding to be reused. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double reuse;

    SamplingCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--frames", frames);
        Needed.atLeast(1, "--rounds", rounds);
        if (!(reuse > 0 && reuse < 1)) {
            throw UserError.usage("--reuse (" + reuse + ") must be > 0 and < 1; give 0.001");
        }
        if (!Files.isRegularFile(video)) {
            throw UserError.usage("--video (" + video + ") must be a video file; check the path");
        }
        new SamplingBenchmark(settings(), Needed.report(spec)).run();
        return 0;
    }

    private SamplingSettings settings() throws Exception {
        Sampling byRate;
        Motion onMotion;
        try {
            byRate = Sampling.parse(rate);
            onMotion = Motion.parse(motion);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
        List<String> among =
                labels.isEmpty() ? DemoPrompts.read().stream().map(Prompt::label).toList() : labels;
        return new SamplingSettings(
                video.toString(),
                ModelStore.atDefaultLocation().open(model),
                among,
                frames,
                rounds,
                byRate,
                onMotion,
                reuse);
    }
}
