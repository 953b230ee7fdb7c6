package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.conformance.Conformance;
import io.frametag.models.conformance.ConformanceRow;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "conformance",
        description = {
            "Compares tokenizer, encoders and preprocessing with reference vectors, as a table.",
            "Takes minutes, and gigabytes in the work folder, which speed up the next run."
        })
final class ConformanceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--shared",
            paramLabel = "DIR",
            defaultValue = "../shared",
            description =
                    "The folder with the reference vectors. Default: ${DEFAULT-VALUE} in the current"
                            + " folder.")
    private Path shared;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Folder for synthetic checkpoints and imported models. Default:"
                            + " frametag-conformance in the temporary folder.")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"), "frametag-conformance");

    @Option(
            names = "--only",
            paramLabel = "MODEL",
            arity = "1..*",
            description = "Compare the encoders of these models alone, such as MobileCLIP2-S0.")
    private List<String> only = List.of();

    private int rows;
    private int failures;

    ConformanceCommand() {}

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(shared.resolve("reference"))) {
            throw UserError.failed(
                    shared + " has no reference vectors; give their folder with --shared");
        }
        List<String> models = Conformance.models(shared);
        for (String model : only) {
            if (!models.contains(model)) {
                throw UserError.usage(
                        "no reference for model "
                                + model
                                + "; there is one for "
                                + String.join(", ", models));
            }
        }
        spec.commandLine().getOut().println(ConformanceRow.heading());
        Conformance.run(shared, work, only.isEmpty() ? models : only, this::show);
        spec.commandLine().getErr().println(rows + " comparisons, " + failures + " failed.");
        if (rows == 0) {
            throw UserError.failed(shared + " has nothing to compare with; check --shared");
        }
        return failures == 0 ? 0 : UserError.FAILED;
    }

    private void show(ConformanceRow row) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(row);
        out.flush();
        rows++;
        failures += row.passed() ? 0 : 1;
    }
}
