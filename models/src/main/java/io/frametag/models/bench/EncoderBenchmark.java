package io.frametag.models.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures an image encoder on ready tensors, without decode and preprocessing. Runs on the calling
 * thread, with a session of its own.
 */
public final class EncoderBenchmark {

    private EncoderBenchmark() {}

    /**
     * Measures each batch size, in interleaved rounds after a warm-up.
     *
     * @param rounds how often each batch size is measured
     * @param perMeasurement how long at least
     * @param afterRound called after each round
     * @return one row per batch size, in their order
     */
    public static List<BenchmarkRow> run(
            ModelFolder model,
            EncoderOptions options,
            List<Integer> batchSizes,
            int rounds,
            Duration perMeasurement,
            Runnable afterRound)
            throws ModelException {
        if (batchSizes.isEmpty() || batchSizes.stream().anyMatch(size -> size < 1) || rounds < 1) {
            throw new IllegalArgumentException(
                    "batch sizes " + batchSizes + " and rounds (" + rounds + ") must be >= 1");
        }
        try (ImageEncoder encoder = ImageEncoder.open(model, options)) {
            encoder.warmUp(batchSizes.stream().mapToInt(Integer::intValue).toArray());
            List<InterleavedRounds.Work> works = new ArrayList<>();
            for (int size : batchSizes) {
                ImageBatch batch = noise(encoder.newBatch(size));
                works.add(() -> encoder.encode(batch, size));
            }
            double[][] seconds =
                    new InterleavedRounds(works, perMeasurement, System::nanoTime)
                            .run(rounds, afterRound);
            List<BenchmarkRow> rows = new ArrayList<>();
            for (int i = 0; i < seconds.length; i++) {
                rows.add(BenchmarkRow.of(batchSizes.get(i), seconds[i]));
            }
            return rows;
        }
    }

    /** Zeros may be faster than pictures are. */
    private static ImageBatch noise(ImageBatch batch) {
        Random random = new Random(1);
        for (int i = 0; i < batch.capacity(); i++) {
            FloatBuffer slot = batch.slot(i);
            while (slot.hasRemaining()) {
                slot.put(random.nextFloat());
            }
        }
        return batch;
    }
}
