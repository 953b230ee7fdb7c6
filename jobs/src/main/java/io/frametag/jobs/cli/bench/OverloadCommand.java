package io.frametag.jobs.cli.bench;

import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.OverloadBenchmark;
import io.frametag.jobs.bench.OverloadSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "overload",
        description = {
            "Measures live streams that offer more frames than can be encoded: latency, and what"
                    + " becomes of every frame.",
            "Baseline in the same run: complete streams that offer the same."
        })
final class OverloadCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ModelOption model;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "1280x720",
            description = "Of the frames. Default: ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "2",
            description = "Most frames of one run. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--factor",
            paramLabel = "X",
            defaultValue = "2",
            description = "Times the most that the chain can take. Default: ${DEFAULT-VALUE}.")
    private double factor;

    @Option(
            names = "--max-staleness",
            paramLabel = "D",
            defaultValue = "1s",
            description = "Of live frames. Default: ${DEFAULT-VALUE}.")
    private Duration maxStaleness;

    @Option(
            names = "--time",
            paramLabel = "D",
            defaultValue = "15s",
            description = "That frames are offered for. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    OverloadCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--streams", streams);
        Needed.atLeast(1, "--batch", batch);
        if (!(factor > 0 && factor <= 10)) {
            throw UserError.usage("--factor (" + factor + ") must be > 0 and <= 10; give 2");
        }
        if (maxStaleness.toMillis() < 1) {
            throw UserError.usage("--max-staleness (" + maxStaleness + ") must be >= 1 ms");
        }
        OverloadSettings settings =
                new OverloadSettings(
                        model.open(),
                        Needed.size(size),
                        streams,
                        batch,
                        factor,
                        maxStaleness,
                        time);
        Needed.logToFile();
        new OverloadBenchmark(settings, Needed.report(spec)).run();
        return 0;
    }
}
