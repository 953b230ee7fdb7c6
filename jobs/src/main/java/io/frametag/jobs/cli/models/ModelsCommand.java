package io.frametag.jobs.cli.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model store and what can be done with a model by itself. */
@Command(
        name = "models",
        description = "Lists, fetches, imports, checks, measures and tries out models.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            PullCommand.class,
            ImportCommand.class,
            VerifyCommand.class,
            BenchCommand.class,
            EmbedCommand.class,
            TokenizeCommand.class,
            PreprocessCommand.class,
            ConformanceCommand.class
        })
public final class ModelsCommand implements Runnable {

    @Spec private CommandSpec spec;

    ModelsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag models --help lists them");
    }
}
