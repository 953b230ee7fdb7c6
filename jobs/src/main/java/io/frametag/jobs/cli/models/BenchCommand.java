package io.frametag.jobs.cli.models;

import io.frametag.jobs.Providers;
import io.frametag.jobs.UserError;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ExecutionProvider;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.bench.ComparisonRow;
import io.frametag.models.bench.EncoderComparison;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measures how many pictures a second image encoders take at each batch size, one run at"
                    + " a time and in lanes, beside a bare ONNX Runtime session with the settings"
                    + " it comes with.",
            "The pictures are ready tensors: decode and preprocessing are not in it. All are"
                    + " measured in interleaved rounds; the table has the median of the rounds, the"
                    + " slowest and the fastest, and the ratio to the session of the same round."
        })
final class BenchCommand implements Callable<Integer> {

    private static final int MAX_BATCH = 256;
    private static final int MAX_LANES = 64;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Model folders, or names of models in the store.")
    private List<String> folders;

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description = "Model that the bare session runs. Default: the first DIR.")
    private @Nullable String baseline;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4",
            description = "Batch sizes. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batchSizes;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--time",
            paramLabel = "D",
            defaultValue = "1s",
            description = "How long each measurement takes at least. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description = "Runs at a time. Default: the cores, at most 4, as a job has it.")
    private @Nullable Integer lanes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads that one run is spread over. Default: such that all cores are used.")
    private @Nullable Integer threads;

    @Option(
            names = "--provider",
            paramLabel = "P",
            defaultValue = "cpu",
            description =
                    "What the encoders run on, not the bare session: cpu, or in a build for GPUs, cuda or tensorrt."
                            + " Default: ${DEFAULT-VALUE}.")
    private String provider = "cpu";

    @Option(
            names = "--device",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which GPU, from 0. Default: ${DEFAULT-VALUE}.")
    private int device;

    BenchCommand() {}

    @Override
    public Integer call() throws Exception {
        checkOptions();
        ExecutionProvider on = Providers.provider(provider);
        Providers.device(device);
        on.requireInBuild();
        ModelStore store = ModelStore.atDefaultLocation();
        ModelFolder bare = store.open(baseline == null ? folders.get(0) : baseline);
        PrintWriter out = spec.commandLine().getOut();
        try (EncoderComparison comparison = new EncoderComparison(bare, time)) {
            for (String folder : folders) {
                add(comparison, store.open(folder), on);
            }
            out.printf(
                    "input %s, %d cores, %d rounds%n",
                    bare.manifest().imageSize(), cores(), rounds);
            out.printf("%5s  %-48s %8s %17s  %s%n", "batch", "", "frames/s", "spread", "x bare");
            for (int batchSize : batchSizes) {
                measure(comparison, batchSize).forEach(row -> print(out, batchSize, row));
                out.flush();
            }
        }
        return 0;
    }

    /** Once with one run at a time, once in lanes. */
    private void add(EncoderComparison comparison, ModelFolder model, ExecutionProvider on)
            throws ModelException {
        EncoderOptions inLanes = EncoderOptions.inLanes(cores()).withProvider(on, device);
        inLanes = lanes == null ? inLanes : inLanes.withLanes(lanes, cores());
        if (inLanes.lanes() > 1) {
            comparison.add(model, withThreads(EncoderOptions.defaults().withProvider(on, device)));
        }
        comparison.add(model, withThreads(inLanes));
    }

    private EncoderOptions withThreads(EncoderOptions options) {
        return threads == null ? options : options.withIntraOpThreads(threads);
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void checkOptions() throws UserError {
        boolean batchesFit = batchSizes.stream().allMatch(size -> size >= 1 && size <= MAX_BATCH);
        if (!batchesFit) {
            throw UserError.usage(
                    "batch sizes "
                            + batchSizes
                            + " must be from 1 to "
                            + MAX_BATCH
                            + "; correct --batch");
        }
        if (rounds < 1) {
            throw UserError.usage("--rounds (" + rounds + ") must be >= 1; give 5, or more");
        }
        if (lanes != null && (lanes < 1 || lanes > MAX_LANES)) {
            throw UserError.usage("--lanes (" + lanes + ") must be from 1 to " + MAX_LANES);
        }
        if (threads != null && threads < 1) {
            throw UserError.usage("--threads (" + threads + ") must be >= 1; give 1, or more");
        }
    }

    private List<ComparisonRow> measure(EncoderComparison comparison, int batchSize)
            throws Exception {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            double done = (double) batchSizes.indexOf(batchSize) / batchSizes.size();
            return comparison.run(
                    batchSize, rounds, step -> progress.report("batch " + batchSize, done));
        }
    }

    private static void print(PrintWriter out, int batchSize, ComparisonRow row) {
        out.printf(
                Locale.ROOT,
                "%5d  %-48s %8.2f %8.2f-%8.2f  %.2f (%.2f-%.2f)%n",
                batchSize,
                row.name(),
                row.framesPerSecond().median(),
                row.framesPerSecond().least(),
                row.framesPerSecond().most(),
                row.ratio().median(),
                row.ratio().least(),
                row.ratio().most());
    }
}
