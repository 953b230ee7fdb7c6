package io.frametag.jobs.cli.models;

import io.frametag.models.ModelFolder;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = "Turns a published checkpoint into a ready model folder, without Python.",
        footer = {
            "",
            "Published MobileCLIP2 weights come under Apple's research licence (apple-amlr), which"
                    + " does not allow their use in commercial products."
        })
final class ImportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--architecture",
            paramLabel = "A",
            required = true,
            description = "Architecture of the checkpoint, such as MobileCLIP2-S3.")
    private String architecture;

    @Option(
            names = "--weights",
            paramLabel = "F",
            required = true,
            description = "The checkpoint: a .safetensors file in OpenCLIP's layout.")
    private Path weights;

    @Option(
            names = "--tokenizer",
            paramLabel = "F",
            required = true,
            description = "The tokenizer.json published with it.")
    private Path tokenizer;

    @Option(
            names = "--image-size",
            paramLabel = "N|WIDTHxHEIGHT",
            description = "Size of the model's input in pixels. Default: the architecture's own.")
    private @Nullable String imageSize;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = PrecisionOption.DESCRIPTION)
    private String precision;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model. Default: the architecture.")
    private @Nullable String name;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "The model folder to write; a model folder that is there is replaced.")
    private Path output;

    ImportCommand() {}

    @Override
    public Integer call() throws Exception {
        ImportRequest request =
                new ImportRequest(
                                architecture,
                                weights,
                                tokenizer,
                                ImageSizeOption.parse(imageSize),
                                name,
                                output)
                        .withPrecision(PrecisionOption.parse(precision));
        ModelFolder folder;
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            folder = ModelImporter.importModel(request, progress::report);
        }
        spec.commandLine().getErr().println("Imported " + folder.id() + " at " + output + ".");
        return 0;
    }
}
