package io.frametag.jobs.cli.models;

import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PngWriter;
import io.frametag.models.picture.Preprocessor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "preprocess", description = "Writes what a model sees of a picture, as PNG.")
final class PreprocessCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model folder, or the name of a model in the store.")
    private String model;

    @Option(
            names = "--image",
            paramLabel = "F",
            required = true,
            description = "The picture: JPEG, PNG or WebP.")
    private Path image;

    @Option(
            names = "--output",
            paramLabel = "crop.png",
            required = true,
            description = "The file to write.")
    private Path output;

    PreprocessCommand() {}

    @Override
    public Integer call() throws Exception {
        ModelFolder folder = ModelStore.atDefaultLocation().open(model);
        try (PictureDecoder decoder = new PictureDecoder()) {
            Preprocessor preprocessor = new Preprocessor(folder.manifest().preprocessing());
            Picture crop = PictureFile.crop(image, decoder, preprocessor);
            PngWriter.write(crop, output);
            spec.commandLine()
                    .getErr()
                    .println(
                            "Wrote " + crop.width() + "x" + crop.height() + " pixels to " + output);
        }
        return 0;
    }
}
