package io.frametag.jobs.cli.prompts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes what running jobs look for. */
@Command(
        name = "prompts",
        description = "Changes what running jobs look for, through the prompts topic.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PutCommand.class, DeleteCommand.class, ListCommand.class})
public final class PromptsCommand implements Runnable {

    @Spec private CommandSpec spec;

    PromptsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag prompts --help lists them");
    }
}
