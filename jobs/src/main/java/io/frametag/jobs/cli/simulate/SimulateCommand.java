package io.frametag.jobs.cli.simulate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stands in for what a user does not have at hand. */
@Command(
        name = "simulate",
        description = "Stands in for cameras, to try things out without one.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CameraCommand.class})
public final class SimulateCommand implements Runnable {

    @Spec private CommandSpec spec;

    SimulateCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag simulate --help lists them");
    }
}
