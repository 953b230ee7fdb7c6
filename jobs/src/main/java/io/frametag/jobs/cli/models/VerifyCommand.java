package io.frametag.jobs.cli.models;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelManifest;
import io.frametag.models.ModelStore;
import io.frametag.models.conformance.SelfTest;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Checks that a model folder is complete, that no file was altered, and that both"
                        + " encoders work on this machine.")
final class VerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "A model folder, or the name of a model in the store.")
    private String folder;

    VerifyCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelFolder model = ModelStore.atDefaultLocation().open(folder);
        ModelManifest manifest = model.manifest();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                model.id()
                        + ": complete and unaltered, "
                        + manifest.architecture()
                        + ", input "
                        + manifest.imageSize()
                        + ", "
                        + manifest.precision());
        out.flush();
        SelfTest.run(model, EncoderOptions.defaults());
        out.println(
                model.id()
                        + ": self-test passed, both encoders give finite embeddings of unit length");
        return 0;
    }
}
