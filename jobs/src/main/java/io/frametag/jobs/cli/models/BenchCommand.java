package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.bench.BenchmarkRow;
import io.frametag.models.bench.EncoderBenchmark;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measures how many pictures a second the image encoder takes at each batch size.",
            "The pictures are ready tensors: decode and preprocessing are not in it. Batch sizes"
                    + " are measured in interleaved rounds; the table has the median of the rounds,"
                    + " the slowest and the fastest."
        })
final class BenchCommand implements Callable<Integer> {

    private static final int MAX_BATCH = 256;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "A model folder, or the name of a model in the store.")
    private String folder;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,4,8",
            description = "Batch sizes. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batchSizes;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each batch size is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--time",
            paramLabel = "D",
            defaultValue = "1s",
            description = "How long each measurement takes at least. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that one run is spread over. Default: the cores.")
    private @Nullable Integer threads;

    BenchCommand() {}

    @Override
    public Integer call() throws Exception {
        checkOptions();
        ModelFolder model = ModelStore.atDefaultLocation().open(folder);
        EncoderOptions options = EncoderOptions.defaults();
        options = threads == null ? options : options.withIntraOpThreads(threads);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s, input %s, %s, %d threads on %d cores, %d rounds%n",
                model.id(),
                model.manifest().imageSize(),
                model.manifest().precision(),
                options.intraOpThreads(),
                Runtime.getRuntime().availableProcessors(),
                rounds);
        out.flush();
        out.printf("%6s %10s %21s %10s%n", "batch", "frames/s", "slowest - fastest", "ms/batch");
        measure(model, options).forEach(row -> print(out, row));
        return 0;
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
        if (threads != null && threads < 1) {
            throw UserError.usage("--threads (" + threads + ") must be >= 1; give 1, or more");
        }
    }

    private List<BenchmarkRow> measure(ModelFolder model, EncoderOptions options) throws Exception {
        try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr())) {
            AtomicInteger done = new AtomicInteger();
            progress.report("measuring", 0);
            return EncoderBenchmark.run(
                    model,
                    options,
                    batchSizes,
                    rounds,
                    time,
                    () -> progress.report("measuring", (double) done.incrementAndGet() / rounds));
        }
    }

    private static void print(PrintWriter out, BenchmarkRow row) {
        out.printf(
                Locale.ROOT,
                "%6d %10.1f %9.1f - %9.1f %10.2f%n",
                row.batchSize(),
                row.framesPerSecond(),
                row.slowest(),
                row.fastest(),
                row.millisPerBatch());
    }
}
