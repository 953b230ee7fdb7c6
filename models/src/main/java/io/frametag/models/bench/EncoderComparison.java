package io.frametag.models.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures image encoders against a baseline: the baseline's graph in a bare ONNX Runtime session
 * on ready tensors. All are measured in each round, one after the other, so that whatever else the
 * machine does slows them alike; what counts is the ratio within a round.
 */
public final class EncoderComparison {

    private final ModelFolder baseline;
    private final List<ModelFolder> models;
    private final EncoderOptions options;
    private final int batchSize;
    private final Map<String, InterleavedRounds.Work> contenders = new LinkedHashMap<>();

    private EncoderComparison(
            ModelFolder baseline, List<ModelFolder> models, EncoderOptions options, int batchSize) {
        this.baseline = baseline;
        this.models = models;
        this.options = options;
        this.batchSize = batchSize;
    }

    /**
     * Measures the baseline and then each model, with sessions of their own that are closed at the
     * end. Runs on the calling thread.
     *
     * @param models of the same picture size as the baseline
     * @param rounds how often each is measured
     * @param perMeasurement how long at least
     * @return a row for the baseline, then one for each model
     */
    public static List<ComparisonRow> run(
            ModelFolder baseline,
            List<ModelFolder> models,
            EncoderOptions options,
            int batchSize,
            int rounds,
            Duration perMeasurement)
            throws ModelException {
        if (batchSize < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "batch size (" + batchSize + ") and rounds (" + rounds + ") must be >= 1");
        }
        return new EncoderComparison(baseline, models, options, batchSize)
                .run(rounds, perMeasurement);
    }

    private List<ComparisonRow> run(int rounds, Duration perMeasurement) throws ModelException {
        float[] pixels = noise();
        List<ImageEncoder> encoders = new ArrayList<>();
        try (BareSession bare = new BareSession(baseline, options, direct(pixels), batchSize)) {
            contenders.put("bare session, " + describe(baseline), bare::run);
            for (ModelFolder model : models) {
                ImageEncoder encoder = ImageEncoder.open(model, options);
                encoders.add(encoder);
                ImageBatch batch = filled(encoder.newBatch(batchSize), pixels);
                contenders.put(describe(model), () -> encoder.encode(batch, batchSize));
            }
            return rows(measure(rounds, perMeasurement));
        } finally {
            encoders.forEach(ImageEncoder::close);
        }
    }

    private static String describe(ModelFolder model) {
        return model.id() + " " + model.manifest().precision();
    }

    /** Noise for the whole batch, since zeros may be faster than pictures are. */
    private float[] noise() {
        int perPicture = 3 * baseline.manifest().imageSize().width();
        float[] pixels =
                new float[batchSize * perPicture * baseline.manifest().imageSize().height()];
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    private static FloatBuffer direct(float[] pixels) {
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(pixels.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return buffer.put(pixels).flip();
    }

    private ImageBatch filled(ImageBatch batch, float[] pixels) {
        int perPicture = pixels.length / batchSize;
        for (int i = 0; i < batchSize; i++) {
            batch.slot(i).put(pixels, i * perPicture, perPicture);
        }
        return batch;
    }

    /** Frames per second, by contender, then by round. */
    private double[][] measure(int rounds, Duration perMeasurement) throws ModelException {
        List<InterleavedRounds.Work> works = List.copyOf(contenders.values());
        for (InterleavedRounds.Work work : works) {
            work.run();
            work.run();
        }
        double[][] measured =
                new InterleavedRounds(works, perMeasurement, System::nanoTime)
                        .run(rounds, () -> {});
        for (double[] secondsPerRun : measured) {
            Arrays.setAll(secondsPerRun, round -> batchSize / secondsPerRun[round]);
        }
        return measured;
    }

    private List<ComparisonRow> rows(double[][] framesPerSecond) {
        List<String> names = List.copyOf(contenders.keySet());
        List<ComparisonRow> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(ComparisonRow.of(names.get(i), framesPerSecond[i], framesPerSecond[0]));
        }
        return rows;
    }

    /**
     * Prints the rows.
     *
     * <p>System properties: {@code frametag.bench.threads}, by default the cores, and {@code
     * frametag.bench.spinning}, whether they spin, by default false.
     *
     * @param arguments batch size, rounds, the baseline's model folder, other model folders
     */
    public static void main(String[] arguments) throws ModelException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("give BATCH ROUNDS BASELINE-DIR [MODEL-DIR...]");
        }
        List<ModelFolder> folders = new ArrayList<>();
        for (String folder : Arrays.asList(arguments).subList(2, arguments.length)) {
            folders.add(ModelFolder.open(Path.of(folder)));
        }
        EncoderOptions options =
                EncoderOptions.defaults()
                        .withSpinning(Boolean.getBoolean("frametag.bench.spinning"));
        Integer threads = Integer.getInteger("frametag.bench.threads");
        run(
                        folders.get(0),
                        folders.subList(1, folders.size()),
                        threads == null ? options : options.withIntraOpThreads(threads),
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Duration.ofSeconds(1))
                .forEach(System.out::println);
    }
}
