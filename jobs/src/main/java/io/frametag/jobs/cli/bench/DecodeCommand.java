package io.frametag.jobs.cli.bench;

import io.frametag.jobs.bench.DecodeReport;
import io.frametag.models.ImageSize;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "decode",
        description = {
            "Measures the ways from compressed frames to the model's input, on one thread: processor"
                    + " time, and what they change of what the model sees and makes of it.",
            "Baselines in the same run: (c) FFmpeg's decoder alone; the exact way, which turns all"
                    + " pixels into RGB first."
        })
final class DecodeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private ModelOption model;

    @Option(
            names = "--video",
            paramLabel = "F",
            description =
                    "A video, measured by all its frames and by keyframes, and as JPEG pictures."
                            + " Default: made-up pictures alone.")
    private @Nullable String video;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "1920x1080",
            description = "Of the JPEG pictures. Default: ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "How often each way is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    DecodeCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--rounds", rounds);
        ImageSize pictures = Needed.size(size);
        new DecodeReport(model.open(), video, pictures, rounds, Needed.report(spec)).run();
        return 0;
    }
}
