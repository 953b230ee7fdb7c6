package io.frametag.jobs.cli.bench;

import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.PromptsBenchmark;
import io.frametag.models.ImageSize;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "prompts",
        description = {
            "Measures what many prompts put at once do to the latency of frames.",
            "Baseline in the same run: the latency before."
        })
final class PromptsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ModelOption model;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many are put at once. Default: ${DEFAULT-VALUE}.")
    private int prompts;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "1920x1080",
            description = "Of the frames. Default: ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            defaultValue = "0.4",
            description =
                    "Rate of the frames, as a share of the most that the chain can take. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double load;

    @Option(
            names = "--time",
            paramLabel = "D",
            defaultValue = "20s",
            description = "How long before and after are measured. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--patience",
            paramLabel = "D",
            defaultValue = "10m",
            description = "How long the prompts are waited for. Default: ${DEFAULT-VALUE}.")
    private Duration patience;

    PromptsCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--prompts", prompts);
        if (!(load > 0 && load <= 1)) {
            throw UserError.usage("--load (" + load + ") must be above 0 and <= 1; give 0.4");
        }
        ImageSize frameSize = Needed.size(size);
        Needed.logToFile();
        new PromptsBenchmark(
                        model.open(), frameSize, prompts, load, time, patience, Needed.report(spec))
                .run();
        return 0;
    }
}
