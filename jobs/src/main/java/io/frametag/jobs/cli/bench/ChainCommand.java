package io.frametag.jobs.cli.bench;

import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.ChainBenchmark;
import io.frametag.jobs.bench.ChainSettings;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "chain",
        description = {
            "Measures the whole chain, JPEG frames on Kafka to tags on Kafka.",
            "Baselines in the same run: (a) a bare ONNX Runtime session on ready tensors, at the"
                    + " same batch size and precision; (b) a Flink job as one would write it"
                    + " instead, with a synchronous map, a batch of one and BufferedImage, once on"
                    + " ONNX Runtime's own classes and once on DJL."
        })
final class ChainCommand implements Callable<Integer> {

    private static final int MAX_BATCH = 256;

    @Spec private CommandSpec spec;

    @Mixin private ModelOption model;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "Frames measured in each round, rounded up to whole batches. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "1920x1080",
            description = "Of the frames. Default: ${DEFAULT-VALUE}.")
    private String size;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Most frames of one run. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--usual-model",
            paramLabel = "DIR",
            description =
                    "Model of the jobs (b), such as the fp32 one where --model is int8. Default: that"
                            + " of --model.")
    private @Nullable String usualModel;

    @Option(
            names = "--reduced-decode",
            description = "Have the chain decode JPEG to a part of its size, as tag can.")
    private boolean reducedDecode;

    ChainCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--frames", frames);
        Needed.atLeast(1, "--batch", batch);
        Needed.atLeast(1, "--rounds", rounds);
        if (batch > MAX_BATCH) {
            throw UserError.usage("--batch (" + batch + ") must be <= " + MAX_BATCH);
        }
        ImageSize frameSize = Needed.size(size);
        Needed.logToFile();
        int whole = (frames + batch - 1) / batch * batch;
        ModelFolder folder = model.open();
        ModelFolder usual =
                usualModel == null ? folder : ModelStore.atDefaultLocation().open(usualModel);
        new ChainBenchmark(
                        new ChainSettings(
                                folder, usual, frameSize, whole, batch, rounds, reducedDecode),
                        Needed.report(spec))
                .run();
        return 0;
    }
}
