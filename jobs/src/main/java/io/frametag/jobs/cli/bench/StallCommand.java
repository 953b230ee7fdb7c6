package io.frametag.jobs.cli.bench;

import io.frametag.jobs.bench.StallBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "stall",
        description = {
            "Measures whether the first batches are slow, at all the sizes a batch may have.",
            "Baseline in the same run: an encoder that was not warmed up."
        })
final class StallCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ModelOption model;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Largest batch. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--batches",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many are measured. Default: ${DEFAULT-VALUE}.")
    private int batches;

    StallCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--batch", batch);
        Needed.atLeast(3 * batch, "--batches", batches);
        new StallBenchmark(model.open(), batch, batches, Needed.report(spec)).run();
        return 0;
    }
}
