package io.frametag.connectors.video;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessor;
import io.frametag.operators.encode.PictureReuse;
import io.frametag.operators.sample.LumaGrid;
import io.frametag.operators.sample.MotionGate;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * One video from its packets to embeddings, on the calling thread alone, with frames spared in one
 * way or another, so that what that saves and changes can be measured. Owns the encoder, which runs
 * on one thread too, in batches of one.
 */
@Experimental
public final class SamplingProbe implements AutoCloseable {

    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    private final String uri;
    private final long frames;
    private final Preprocessor preprocessor;
    private final ImageEncoder encoder;
    private final ImageBatch batch;

    private SamplingProbe(String uri, long frames, ModelFolder model, ImageEncoder encoder) {
        this.uri = uri;
        this.frames = frames;
        this.preprocessor = new Preprocessor(model.manifest().preprocessing());
        this.encoder = encoder;
        this.batch = encoder.newBatch(1);
    }

    /**
     * @param uri path or {@code file:} URI of the video
     * @param frames of it that are looked at, from its start
     */
    public static SamplingProbe open(String uri, long frames, ModelFolder model)
            throws ModelException {
        EncoderOptions options = EncoderOptions.defaults().withIntraOpThreads(1);
        return new SamplingProbe(uri, frames, model, ImageEncoder.open(model, options));
    }

    /**
     * Which frames are spared what.
     *
     * @param keyframesOnly whether others are not even decoded
     * @param sampling frames that it leaves out are decoded, but not turned into pictures
     * @param reuseShare up to which share of a picture may have changed for its frame to be decoded
     *     but not encoded; 0 for none
     */
    public record Way(boolean keyframesOnly, Sampling sampling, double reuseShare) {}

    /**
     * What one run came to.
     *
     * @param embeddings for each frame of the video that of the last one kept; of no length before
     *     the first
     * @param encoded how many frames the model has seen
     */
    public record Outcome(List<float[]> embeddings, int encoded) {}

    /** Plays the video once. */
    public Outcome run(Way way) throws VideoException, PictureException, ModelException {
        try (Interruption interruption = new Interruption(READ_LIMIT);
                VideoReader reader =
                        VideoReader.open(
                                uri, PictureLimits.defaults(), way.keyframesOnly(), interruption)) {
            Run run = new Run(way);
            VideoReader.Step step = reader.next();
            while (step != VideoReader.Step.END && run.embeddings.size() < frames) {
                run.passedOver(reader.passed().frames());
                run.take(step == VideoReader.Step.FRAME ? reader : null);
                step = reader.next();
            }
            run.passedOver(reader.passed().frames());
            return new Outcome(List.copyOf(run.embeddings), run.encoded);
        } catch (InterruptedVideoException e) {
            throw new VideoException("reading the video was interrupted", e);
        }
    }

    private final class Run {

        private final Way way;
        private final @Nullable MotionGate motion;
        private final PictureReuse reuse;
        private final List<float[]> embeddings = new ArrayList<>();
        private long interval = Sampling.NO_INTERVAL;
        private float[] last = {};
        private int encoded;

        Run(Way way) {
            this.way = way;
            motion =
                    way.sampling().motion() == null
                            ? null
                            : new MotionGate(way.sampling().motion());
            reuse = new PictureReuse(way.reuseShare());
        }

        void passedOver(long count) {
            for (long i = 0; i < count; i++) {
                keepLast();
            }
        }

        private void keepLast() {
            if (embeddings.size() < frames) {
                embeddings.add(last);
            }
        }

        /** Null for a damaged frame. */
        void take(@Nullable VideoReader reader) throws PictureException, ModelException {
            Picture crop = reader == null ? null : keptCrop(reader);
            if (crop != null && !reuse.isLikeLast(crop)) {
                preprocessor.write(crop, batch.slot(0));
                last = encoder.encode(batch, 1)[0];
                encoded++;
            }
            keepLast();
        }

        private @Nullable Picture keptCrop(VideoReader reader) throws PictureException {
            Long millis = reader.mediaMillis();
            long time = millis == null ? embeddings.size() * reader.averageFrameMillis() : millis;
            if (!way.sampling().keeps(time, interval)) {
                return null;
            }
            interval = way.sampling().interval(time);
            LumaGrid luma = motion == null ? null : reader.luma();
            if (luma != null && !motion.keeps(luma, time)) {
                return null;
            }
            Picture picture = reader.picture();
            boolean still =
                    motion != null && luma == null && !motion.keeps(LumaGrid.of(picture), time);
            return still ? null : preprocessor.crop(picture);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
