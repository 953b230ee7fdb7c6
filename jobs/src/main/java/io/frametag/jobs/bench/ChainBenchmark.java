package io.frametag.jobs.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.bench.BareSession;
import io.frametag.models.bench.ComparisonRow;
import io.frametag.models.bench.Contender;
import io.frametag.models.bench.InterleavedRounds;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessor;
import io.frametag.operators.data.Prompt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The whole chain, JPEG frames on Kafka to tags on Kafka, against the bare session on ready tensors
 * and against the job that one would write instead.
 */
public final class ChainBenchmark {

    private static final int PICTURES = 8;
    private static final int PROMPTS = 10;

    private final ChainSettings settings;
    private final ModelFolder model;
    private final int frames;
    private final int batch;
    private final Report report;

    public ChainBenchmark(ChainSettings settings, Report report) {
        this.settings = settings;
        this.model = settings.model();
        this.frames = settings.frames();
        this.batch = settings.batch();
        this.report = report;
    }

    public void run() throws Exception {
        DjlEncoder.prepare();
        tellHead();
        report.progress("preparing frames, broker and jobs");
        List<byte[]> jpegs = SamplePictures.jpegs(settings.size(), PICTURES);
        report.line(
                "frames: %s JPEG of %d kB%s",
                settings.size(),
                jpegs.stream().mapToInt(jpeg -> jpeg.length).sum() / PICTURES / 1000,
                settings.reducedDecode() ? ", decoded to a part of their size" : "");
        try (BenchStage stage = BenchStage.open();
                BareSession bare = BareSession.of(model);
                ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults());
                PictureDecoder decoder = decoder();
                JobFeed ours = startOurs(stage);
                JobFeed usual = startUsual(stage, UsualEncoder.Kind.SESSION);
                JobFeed djl = startUsual(stage, UsualEncoder.Kind.DJL)) {
            List<Contender> contenders =
                    List.of(
                            bare(bare),
                            encoder(encoder),
                            new JobContender("whole chain", ours, jpegs, batch, frames),
                            new JobContender("usual job (b)", usual, jpegs, 1, frames),
                            new JobContender("usual job with DJL (b)", djl, jpegs, 1, frames),
                            preparing(decoder, jpegs),
                            eachPicture(
                                    "decode to RGB, one thread",
                                    jpegs,
                                    jpeg -> decoder.decode(jpeg, PictureCodec.JPEG)));
            warmUp(contenders);
            tell(InterleavedRounds.run(contenders, settings.rounds(), report::progress));
        }
    }

    private void tellHead() {
        String usual =
                settings.usualModel().id().equals(model.id())
                        ? ""
                        : "; usual jobs: " + settings.usualModel().manifest().precision();
        report.head(
                "%s, input %s, %s%s; batch %d, %d rounds of %d frames"
                        .formatted(
                                model.id(),
                                model.manifest().imageSize(),
                                model.manifest().precision(),
                                usual,
                                batch,
                                settings.rounds(),
                                frames));
    }

    private PictureDecoder decoder() {
        return settings.reducedDecode()
                ? PictureDecoder.reduced(PictureLimits.defaults(), model.manifest().imageSize())
                : new PictureDecoder();
    }

    private JobFeed startOurs(BenchStage stage) throws Exception {
        return stage.startOurs(model, batch, settings.reducedDecode(), prompts());
    }

    private JobFeed startUsual(BenchStage stage, UsualEncoder.Kind kind) throws Exception {
        return stage.startUsual(kind, settings.usualModel(), PROMPTS);
    }

    static List<Prompt> prompts() {
        return IntStream.range(0, PROMPTS)
                .mapToObj(i -> Prompt.of("prompt-" + i, "a photo of thing number " + i))
                .toList();
    }

    /** A round that does not count: models load, compilers work, buckets are laid out. */
    private void warmUp(List<Contender> contenders) throws Exception {
        for (Contender contender : contenders) {
            report.progress("warming up: " + contender.name());
            contender.framesPerSecond();
        }
    }

    private Contender bare(BareSession session) {
        ImageSize input = model.manifest().imageSize();
        FloatBuffer noise =
                ByteBuffer.allocateDirect(batch * 3 * input.width() * input.height() * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        fill(noise);
        return new Repeated(
                "bare session, ready tensors (a)",
                frames / batch,
                batch,
                () -> session.run(noise.rewind(), batch));
    }

    private Contender encoder(ImageEncoder encoder) {
        ImageBatch pictures = encoder.newBatch(batch);
        for (int i = 0; i < batch; i++) {
            fill(pictures.slot(i));
        }
        return new Repeated(
                "our encoder, ready tensors",
                frames / batch,
                batch,
                () -> encoder.encode(pictures, batch));
    }

    private static void fill(FloatBuffer pixels) {
        Random random = new Random(1);
        while (pixels.hasRemaining()) {
            pixels.put(random.nextFloat());
        }
    }

    private Contender preparing(PictureDecoder decoder, List<byte[]> jpegs) {
        Preprocessor preprocessor = new Preprocessor(model.manifest().preprocessing());
        ImageSize input = model.manifest().imageSize();
        FloatBuffer slot =
                ByteBuffer.allocateDirect(3 * input.width() * input.height() * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return eachPicture(
                "decode and preprocess, one thread",
                jpegs,
                jpeg -> {
                    Picture crop = decoder.crop(jpeg, PictureCodec.JPEG, preprocessor);
                    preprocessor.write(crop, slot);
                });
    }

    /** What is done with a picture. */
    private interface PictureWork {
        void run(byte[] jpeg) throws PictureException;
    }

    private Contender eachPicture(String name, List<byte[]> jpegs, PictureWork work) {
        return new Repeated(
                name,
                Math.max(1, 2 * frames / jpegs.size()),
                jpegs.size(),
                () -> {
                    for (byte[] jpeg : jpegs) {
                        work.run(jpeg);
                    }
                });
    }

    private void tell(List<ComparisonRow> results) {
        report.table(results);
        List<Double> rates = new ArrayList<>();
        results.forEach(result -> rates.add(result.framesPerSecond().median()));
        int cores = Runtime.getRuntime().availableProcessors();
        double share = shareLeft(Math.max(rates.get(0), rates.get(1)), rates.get(5), cores);
        report.line(
                "whole chain: %.1f %% of (a), %.2f times (b), %.2f times (b) with DJL; decoding on"
                        + " the same %d cores leaves our encoder %.1f %% at most",
                100 * results.get(2).ratio().median(),
                rates.get(2) / rates.get(3),
                rates.get(2) / rates.get(4),
                cores,
                100 * share);
    }

    /**
     * What share of the session's rate is left where its cores prepare the frames as well.
     *
     * @param encoding frames per second on all cores
     * @param preparing frames per second on one core
     */
    static double shareLeft(double encoding, double preparing, int cores) {
        return 1 / (1 + encoding / (cores * preparing));
    }
}
