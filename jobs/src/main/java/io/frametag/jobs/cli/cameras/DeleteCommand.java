package io.frametag.jobs.cli.cameras;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "delete", description = "Takes cameras away; ids without a camera do nothing.")
final class DeleteCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the cameras.")
    private List<String> ids = List.of();

    DeleteCommand() {}

    @Override
    public Integer call() throws Exception {
        kafka.open().delete(ids);
        spec.commandLine().getErr().println("Deleted " + String.join(", ", ids) + ".");
        return 0;
    }
}
