package io.frametag.jobs.cli.models;

import io.frametag.models.ModelFolder;
import io.frametag.models.ModelManifest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Checks that a model folder is complete and that no file was altered.")
final class VerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The model folder.")
    private Path folder;

    VerifyCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelFolder model = ModelFolder.open(folder);
        ModelManifest manifest = model.manifest();
        spec.commandLine()
                .getOut()
                .println(
                        model.id()
                                + ": complete and unaltered, "
                                + manifest.architecture()
                                + ", input "
                                + manifest.imageSize()
                                + ", "
                                + manifest.precision());
        return 0;
    }
}
