package io.frametag.jobs.cli.cameras;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes which cameras running jobs read. */
@Command(
        name = "cameras",
        description = "Changes which cameras running jobs read, through the cameras topic.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PutCommand.class, DeleteCommand.class, ListCommand.class})
public final class CamerasCommand implements Runnable {

    @Spec private CommandSpec spec;

    CamerasCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag cameras --help lists them");
    }
}
