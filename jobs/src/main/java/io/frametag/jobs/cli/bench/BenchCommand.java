package io.frametag.jobs.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks; each prints what it is compared with in the same run. */
@Command(
        name = "bench",
        description = {
            "Measures the whole job and its parts, each beside its baseline in the same run.",
            "See also ./frametag models bench, which measures an image encoder by itself."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChainCommand.class,
            DecodeCommand.class,
            MatchCommand.class,
            StallCommand.class,
            PromptsCommand.class,
            SamplingCommand.class,
            OverloadCommand.class,
            CamerasCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    BenchCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag bench --help lists them");
    }
}
