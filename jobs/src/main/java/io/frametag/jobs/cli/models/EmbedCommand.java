package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.TextEncoder;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.Preprocessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "embed",
        description =
                "Prints the embeddings of pictures or texts, one line {\"input\": …, \"embedding\":"
                        + " […]} each.")
final class EmbedCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model folder, or the name of a model in the store.")
    private String model;

    @ArgGroup(multiplicity = "1")
    private Inputs inputs;

    static final class Inputs {

        @Option(
                names = "--image",
                paramLabel = "F",
                arity = "1..*",
                description = "Picture files: JPEG, PNG or WebP.")
        private List<Path> images = List.of();

        @Option(names = "--text", paramLabel = "T", arity = "1..*", description = "Texts.")
        private List<String> texts = List.of();

        Inputs() {}
    }

    EmbedCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelFolder folder = ModelStore.atDefaultLocation().open(model);
        JsonLines lines = new JsonLines(spec.commandLine().getOut());
        if (!inputs.texts.isEmpty()) {
            embedTexts(folder, lines);
            return 0;
        }
        return embedImages(folder, lines);
    }

    private void embedTexts(ModelFolder folder, JsonLines lines)
            throws ModelException, IOException {
        try (TextEncoder encoder = TextEncoder.open(folder, EncoderOptions.defaults())) {
            for (String text : inputs.texts) {
                lines.write("input", text, "embedding", encoder.encode(List.of(text))[0]);
            }
        }
    }

    /** A picture that can't be read costs its own line alone. */
    private int embedImages(ModelFolder folder, JsonLines lines)
            throws ModelException, IOException {
        int exitCode = 0;
        try (ImageEncoder encoder = ImageEncoder.open(folder, EncoderOptions.defaults());
                PictureDecoder decoder = new PictureDecoder()) {
            Preprocessor preprocessor = new Preprocessor(folder.manifest().preprocessing());
            ImageBatch batch = encoder.newBatch(1);
            for (Path image : inputs.images) {
                try {
                    preprocessor.write(
                            PictureFile.crop(image, decoder, preprocessor), batch.slot(0));
                    lines.write(
                            "input", image.toString(), "embedding", encoder.encode(batch, 1)[0]);
                } catch (UserError e) {
                    spec.commandLine().getErr().println("frametag: " + e.getMessage());
                    exitCode = e.exitCode();
                }
            }
        }
        return exitCode;
    }
}
