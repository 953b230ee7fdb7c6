package io.frametag.jobs.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelFolder;
import io.frametag.models.bench.ComparisonRow;
import io.frametag.models.bench.Contender;
import io.frametag.models.bench.InterleavedRounds;
import io.frametag.operators.match.MatchProbe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What matching costs a frame, against a plain loop, and beside the encoder. */
public final class MatchBenchmark {

    private static final int BATCH = 4;
    private static final int WARM_UPS = 200;

    private final int prompts;
    private final int dimension;
    private final int rounds;
    private final @Nullable ModelFolder model;
    private final Report report;

    /**
     * @param model whose encoder is measured as well; null for none
     */
    public MatchBenchmark(
            int prompts, int dimension, int rounds, @Nullable ModelFolder model, Report report) {
        this.prompts = prompts;
        this.dimension = dimension;
        this.rounds = rounds;
        this.model = model;
        this.report = report;
    }

    public void run() throws Exception {
        report.head("matching %d prompts x %d, %d rounds".formatted(prompts, dimension, rounds));
        MatchProbe probe = new MatchProbe(prompts, dimension);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Repeated("plain loop, scores", 50, 1, probe::bestByLoop));
        contenders.add(new Repeated("matrix, all scores in full", 50, 1, probe::bestByMatrix));
        contenders.add(new Repeated("scores and tags", 50, 1, probe::match));
        for (int i = 0; i < WARM_UPS; i++) {
            probe.bestByLoop();
            probe.bestByMatrix();
            probe.match();
        }
        if (model == null) {
            tell(InterleavedRounds.run(contenders, rounds, report::progress));
            return;
        }
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(BATCH);
            encoder.warmUp(BATCH);
            String name = "encoder of " + model.id().name() + ", batch " + BATCH;
            contenders.add(new Repeated(name, 2, BATCH, () -> encoder.encode(batch, BATCH)));
            contenders.add(new AfterEncoder(encoder, batch, probe));
            tell(InterleavedRounds.run(contenders, rounds, report::progress));
        }
    }

    /** Matching as it is in a job: the encoder has just had the caches for itself. */
    private record AfterEncoder(ImageEncoder encoder, ImageBatch batch, MatchProbe probe)
            implements Contender {

        private static final int TIMES = 2;

        @Override
        public String name() {
            return "scores and tags, after a batch";
        }

        @Override
        public double framesPerSecond() throws Exception {
            long nanos = 0;
            for (int i = 0; i < TIMES; i++) {
                encoder.encode(batch, BATCH);
                long start = System.nanoTime();
                for (int frame = 0; frame < BATCH; frame++) {
                    probe.match();
                }
                nanos += System.nanoTime() - start;
            }
            return 1e9 * TIMES * BATCH / nanos;
        }
    }

    private void tell(List<ComparisonRow> results) {
        report.table(results);
        double matching = results.get(2).framesPerSecond().median();
        report.line("matching takes %.3f ms a frame", 1000 / matching);
        if (results.size() > 3) {
            double encoding = results.get(3).framesPerSecond().median();
            double after = results.get(4).framesPerSecond().median();
            report.line(
                    "that is %.2f %% of the encoder's %.1f ms; right after a batch it takes %.3f ms,"
                            + " %.2f %%",
                    100 * encoding / matching,
                    1000 / encoding,
                    1000 / after,
                    100 * encoding / after);
        }
    }
}
