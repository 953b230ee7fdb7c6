package io.frametag.jobs.cli.bench;

import io.frametag.jobs.bench.MatchBenchmark;
import io.frametag.models.ModelStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "match",
        description = {
            "Measures what matching costs a frame.",
            "Baselines in the same run: a plain loop over the prompts and, with --model, the"
                    + " encoder."
        })
final class MatchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int prompts;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            defaultValue = "768",
            description = "Of the vectors. Default: ${DEFAULT-VALUE}.")
    private int dimension;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model whose encoder is measured as well.")
    private @Nullable String model;

    MatchCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--prompts", prompts);
        Needed.atLeast(1, "--dimension", dimension);
        Needed.atLeast(1, "--rounds", rounds);
        new MatchBenchmark(
                        prompts,
                        dimension,
                        rounds,
                        model == null ? null : ModelStore.atDefaultLocation().open(model),
                        Needed.report(spec))
                .run();
        return 0;
    }
}
