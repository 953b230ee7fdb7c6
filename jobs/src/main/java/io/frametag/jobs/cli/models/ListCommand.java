package io.frametag.jobs.cli.models;

import io.frametag.models.ModelStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Lists the models in the store, one name per line.")
final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    ListCommand() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ModelStore.atDefaultLocation().list().forEach(out::println);
        return 0;
    }
}
