package io.frametag.models.bench;

import ai.onnxruntime.OrtException;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures image encoders on ready tensors, without decode and preprocessing, against a baseline:
 * the baseline's graph in a {@link BareSession}, one run at a time. All are measured in each round,
 * so that whatever else the machine does slows them alike; what counts is the ratio within a round.
 */
public final class EncoderComparison implements AutoCloseable {

    private final BareSession bare;
    private final ModelFolder baseline;
    private final List<Opened> encoders = new ArrayList<>();
    private final Duration least;

    private record Opened(ModelFolder model, EncoderOptions options, ImageEncoder encoder) {}

    /**
     * Opens the baseline.
     *
     * @param least how long a measurement takes at least
     */
    public EncoderComparison(ModelFolder baseline, Duration least) throws ModelException {
        this.baseline = baseline;
        this.least = least;
        try {
            this.bare = BareSession.of(baseline);
        } catch (OrtException e) {
            throw new ModelException(
                    baseline.imageGraph() + " can't be loaded: " + e.getMessage(), e);
        }
    }

    /** Opens an encoder, to be measured in the lanes of the options. */
    public void add(ModelFolder model, EncoderOptions options) throws ModelException {
        ImageSize size = model.manifest().imageSize();
        ImageSize expected = baseline.manifest().imageSize();
        if (!size.equals(expected)) {
            throw new ModelException(
                    "%s takes %s, the baseline %s takes %s; compare models of one input size"
                            .formatted(model.id(), size, baseline.id(), expected));
        }
        encoders.add(new Opened(model, options, ImageEncoder.open(model, options)));
    }

    /**
     * Measures all at one batch size; runs on the calling thread and on one for each lane.
     *
     * @param rounds how often each is measured, after one time that does not count
     * @param before told what is measured next
     * @return a row for the baseline, then one for each encoder, in the order they were added
     */
    public List<ComparisonRow> run(int batchSize, int rounds, Consumer<String> before)
            throws Exception {
        List<Lanes> contenders = new ArrayList<>();
        FloatBuffer pictures = noise(batchSize);
        contenders.add(
                new Lanes(
                        "%s %s, bare session".formatted(baseline.id(), precision(baseline)),
                        List.of(() -> bare.run(pictures.duplicate(), batchSize)),
                        batchSize,
                        least));
        encoders.forEach(opened -> contenders.add(lanes(opened, batchSize)));
        for (Lanes contender : contenders) {
            before.accept("warming up: " + contender.name());
            contender.framesPerSecond();
        }
        return InterleavedRounds.run(contenders, rounds, before);
    }

    private Lanes lanes(Opened opened, int batchSize) {
        int lanes = opened.options().lanes();
        List<Lanes.Run> runs =
                IntStream.range(0, lanes)
                        .mapToObj(lane -> run(opened.encoder(), batchSize))
                        .toList();
        String name =
                "%s %s, %d %s"
                        .formatted(
                                opened.model().id(),
                                precision(opened.model()),
                                lanes,
                                lanes == 1 ? "lane" : "lanes");
        return new Lanes(name, runs, batchSize, least);
    }

    private Lanes.Run run(ImageEncoder encoder, int batchSize) {
        ImageBatch batch = encoder.newBatch(batchSize);
        FloatBuffer noise = noise(1);
        for (int i = 0; i < batchSize; i++) {
            batch.slot(i).put(noise.duplicate());
        }
        return () -> encoder.encode(batch, batchSize);
    }

    private static String precision(ModelFolder model) {
        return model.manifest().precision().toString();
    }

    /** Since zeros may be faster than pictures are. */
    private FloatBuffer noise(int pictures) {
        ImageSize size = baseline.manifest().imageSize();
        FloatBuffer pixels =
                ByteBuffer.allocateDirect(Float.BYTES * pictures * 3 * size.width() * size.height())
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        Random random = new Random(1);
        while (pixels.hasRemaining()) {
            pixels.put(random.nextFloat());
        }
        return pixels.flip();
    }

    @Override
    public void close() throws ModelException {
        encoders.forEach(opened -> opened.encoder().close());
        try {
            bare.close();
        } catch (OrtException e) {
            throw new ModelException("the bare session can't be closed: " + e.getMessage(), e);
        }
    }
}
