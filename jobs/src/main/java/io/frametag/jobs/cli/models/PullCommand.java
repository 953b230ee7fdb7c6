package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.Precision;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.pull.ModelPull;
import io.frametag.models.pull.PublishedModel;
import io.frametag.models.pull.PullRequest;
import io.frametag.models.pull.PulledFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "pull",
        description = {
            "Fetches a published model and imports it.",
            "What breaks off goes on from there when the command is run again."
        },
        footer = {
            "",
            "Models: MobileCLIP-B, MobileCLIP-B-LT, MobileCLIP-S1, MobileCLIP-S2, MobileCLIP2-B,"
                    + " MobileCLIP2-L-14, MobileCLIP2-S0, MobileCLIP2-S2, MobileCLIP2-S3,"
                    + " MobileCLIP2-S4.",
            "The checkpoint must have a known SHA-256: that of --sha256, else the one in a file"
                    + " open_clip_model.safetensors.sha256 beside it, else the one that the hub"
                    + " names."
        })
final class PullCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The model, such as MobileCLIP2-S0.")
    private String name;

    @Option(
            names = {"--accept-licence", "--accept-license"},
            description =
                    "Accept the licence that the published weights come under (apple-amlr), which"
                            + " allows research alone.")
    private boolean licenceAccepted;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = {
                "Where to fetch from: the files are URL/REPOSITORY/resolve/main/FILE.",
                "Default: https://huggingface.co."
            })
    private @Nullable URI base;

    @Option(
            names = "--redirect-host",
            paramLabel = "HOST",
            description =
                    "A host that the base address may redirect to, or *.DOMAIN; may be given"
                            + " several times. Default: the hub's storage for the hub, none for"
                            + " another base address.")
    private List<String> redirectHosts = List.of();

    @Option(
            names = "--sha256",
            paramLabel = "HASH",
            description = "What the SHA-256 of the checkpoint must be.")
    private @Nullable String sha256;

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
            names = "--output",
            paramLabel = "DIR",
            description =
                    "The model folder to write; a model folder that is there is replaced. Default:"
                            + " NAME in the model store.")
    private @Nullable Path output;

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            description =
                    "Keep the fetched files in NAME below this folder, for another import. Default: a"
                            + " hidden folder beside the model's, deleted once the import is done.")
    private @Nullable Path downloads;

    PullCommand() {}

    @Override
    public Integer call() throws Exception {
        PublishedModel model = model();
        ImageSize size = ImageSizeOption.parse(imageSize);
        Precision wanted = precision();
        Path folder = output != null ? output : ModelStore.atDefaultLocation().root().resolve(name);
        Path kept = downloads == null ? hiddenBeside(folder) : downloads.resolve(name);
        PullRequest request = request(model, kept);
        requireLicence();
        PulledFiles files;
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            files = ModelPull.pull(request, progress::report);
        }
        ModelFolder imported = importFrom(files, size, wanted, folder);
        if (downloads == null) {
            deleteFolder(kept);
        }
        spec.commandLine().getErr().println("Pulled " + imported.id() + " to " + folder + ".");
        return 0;
    }

    private static Path hiddenBeside(Path folder) throws UserError {
        Path whole = folder.toAbsolutePath().normalize();
        if (whole.getParent() == null) {
            throw UserError.usage("output " + folder + " must be a folder of its own; name one");
        }
        return whole.resolveSibling("." + whole.getFileName() + "-pulling");
    }

    private PublishedModel model() throws UserError {
        try {
            return PublishedModel.named(name);
        } catch (ModelException e) {
            throw UserError.usage(e.getMessage());
        }
    }

    /** Found wrong before anything is fetched. */
    private Precision precision() throws UserError {
        Precision wanted = PrecisionOption.parse(precision);
        try {
            ModelImporter.checkPrecision(name, wanted);
        } catch (ModelException e) {
            throw UserError.usage(e.getMessage());
        }
        return wanted;
    }

    private void requireLicence() throws UserError {
        if (!licenceAccepted) {
            throw UserError.usage(
                    "%s comes under Apple's research licence (%s), which allows no commercial use; read %s, then give --accept-licence"
                            .formatted(name, PublishedModel.LICENCE, PublishedModel.LICENCE_TEXT));
        }
        spec.commandLine()
                .getErr()
                .println(
                        "%s comes under Apple's research licence (%s): %s"
                                .formatted(
                                        name, PublishedModel.LICENCE, PublishedModel.LICENCE_TEXT));
    }

    private PullRequest request(PublishedModel model, Path files) throws UserError {
        List<String> hosts = new ArrayList<>(redirectHosts);
        if (base == null || PublishedModel.HUB.getAuthority().equals(base.getAuthority())) {
            hosts.add(PublishedModel.HUB_STORAGE);
        }
        try {
            return new PullRequest(
                    model, base == null ? PublishedModel.HUB : base, hosts, sha256, files);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage() + "; correct the option");
        }
    }

    private ModelFolder importFrom(
            PulledFiles files, @Nullable ImageSize size, Precision wanted, Path folder)
            throws ModelException {
        ImportRequest request =
                new ImportRequest(name, files.weights(), files.tokenizer(), size, null, folder)
                        .withPrecision(wanted);
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            return ModelImporter.importModel(request, progress::report);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
