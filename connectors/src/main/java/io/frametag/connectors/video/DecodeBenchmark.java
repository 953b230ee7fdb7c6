package io.frametag.connectors.video;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TextEncoder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import io.frametag.models.picture.Resampling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.apache.flink.annotation.Experimental;

/**
 * Measures the cheaper ways to decode against the full decode, in time and in what they change:
 * JPEG pictures at a reduced size, and a video by its keyframes alone. Runs on the calling thread;
 * all ways are timed in each round, one after another.
 */
@Experimental
public final class DecodeBenchmark {

    private static final int MOST_PICTURES = 40;
    private static final float JPEG_QUALITY = 0.9f;
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    private final String uri;
    private final int rounds;
    private final Preprocessing preprocessing;
    private final ImageEncoder images;
    private final float[][] labels;

    private DecodeBenchmark(
            String uri, int rounds, Preprocessing preprocessing, ImageEncoder images, float[][] l) {
        this.uri = uri;
        this.rounds = rounds;
        this.preprocessing = preprocessing;
        this.images = images;
        this.labels = l;
    }

    /**
     * Measures one video, and pictures from it as JPEG (quality 0.9, halved colours) in the sizes
     * given.
     *
     * @param uri path or {@code file:} URI of the video
     * @param labels among which the most likely one of each picture is looked for
     * @param sizes of the JPEG pictures; at most 40 pictures each
     * @param rounds how often each way is timed
     * @return for each size the full and the reduced decode (times of decode and preprocessing of
     *     one picture), then the video by all frames and by keyframes (times of the whole video,
     *     decode alone; a frame is compared with the keyframe before it)
     */
    public static List<DecodeRow> run(
            String uri, ModelFolder model, List<String> labels, List<ImageSize> sizes, int rounds)
            throws ModelException, VideoException, PictureException {
        EncoderOptions options = EncoderOptions.defaults();
        float[][] texts;
        try (TextEncoder encoder = TextEncoder.open(model, options)) {
            texts = encoder.encode(labels);
        }
        try (ImageEncoder encoder = ImageEncoder.open(model, options)) {
            DecodeBenchmark benchmark =
                    new DecodeBenchmark(
                            uri, rounds, model.manifest().preprocessing(), encoder, texts);
            List<Picture> pictures = benchmark.pictures();
            List<DecodeRow> rows = new ArrayList<>();
            for (ImageSize size : sizes) {
                rows.addAll(benchmark.stills(pictures, size));
            }
            rows.addAll(benchmark.video());
            return rows;
        } catch (InterruptedVideoException e) {
            throw new VideoException("reading the video was interrupted", e);
        }
    }

    private VideoReader open(boolean keyframesOnly, Interruption interruption)
            throws VideoException {
        return VideoReader.open(uri, PictureLimits.defaults(), keyframesOnly, interruption);
    }

    /** Pictures from all over the video. */
    private List<Picture> pictures()
            throws VideoException, InterruptedVideoException, PictureException {
        long distance = Math.max(1, decodeAll(false).size() / MOST_PICTURES);
        List<Picture> pictures = new ArrayList<>();
        try (Interruption interruption = new Interruption(READ_LIMIT);
                VideoReader reader = open(false, interruption)) {
            VideoReader.Step step = reader.next();
            for (long n = 0; step != VideoReader.Step.END; n++) {
                boolean taken = n % distance == 0 && pictures.size() < MOST_PICTURES;
                if (taken && step == VideoReader.Step.FRAME) {
                    pictures.add(reader.picture());
                }
                step = reader.next();
            }
        }
        return pictures;
    }

    private List<DecodeRow> stills(List<Picture> pictures, ImageSize size)
            throws ModelException, PictureException {
        Preprocessor scaler =
                new Preprocessor(
                        new Preprocessing(
                                size,
                                Resampling.BICUBIC,
                                List.of(0f, 0f, 0f),
                                List.of(1f, 1f, 1f)));
        List<byte[]> jpegs =
                pictures.stream().map(scaler::crop).map(DecodeBenchmark::jpeg).toList();
        PictureLimits limits = PictureLimits.defaults();
        try (PictureDecoder full = new PictureDecoder(limits);
                PictureDecoder reduced = PictureDecoder.reduced(limits, preprocessing.size())) {
            Preprocessor preprocessor = new Preprocessor(preprocessing);
            double[][] millis = new double[2][rounds];
            for (int round = -1; round < rounds; round++) {
                for (int way = 0; way < 2; way++) {
                    PictureDecoder decoder = way == 0 ? full : reduced;
                    long start = System.nanoTime();
                    crops(decoder, preprocessor, jpegs);
                    if (round >= 0) {
                        millis[way][round] = (System.nanoTime() - start) / 1e6 / jpegs.size();
                    }
                }
            }
            List<Picture> whole = crops(full, preprocessor, jpegs);
            List<Picture> cheap = crops(reduced, preprocessor, jpegs);
            return List.of(
                    row("JPEG " + size + ", full", millis[0], whole, whole),
                    row("JPEG " + size + ", reduced", millis[1], whole, cheap));
        }
    }

    private static List<Picture> crops(
            PictureDecoder decoder, Preprocessor preprocessor, List<byte[]> jpegs)
            throws PictureException {
        List<Picture> crops = new ArrayList<>();
        for (byte[] jpeg : jpegs) {
            crops.add(preprocessor.crop(decoder.decode(jpeg, PictureCodec.JPEG)));
        }
        return crops;
    }

    private List<DecodeRow> video()
            throws VideoException, InterruptedVideoException, ModelException, PictureException {
        double[][] millis = new double[2][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int way = 0; way < 2; way++) {
                long start = System.nanoTime();
                decodeAll(way == 1);
                if (round >= 0) {
                    millis[way][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        List<Long> all = decodeAll(false);
        List<Long> keyframes = decodeAll(true);
        List<Picture> seen = new ArrayList<>();
        List<Picture> stale = new ArrayList<>();
        compare(all, keyframes, seen, stale);
        return List.of(
                row("video, " + all.size() + " frames", millis[0], seen, seen),
                row("video, " + keyframes.size() + " keyframes", millis[1], seen, stale));
    }

    /** Crops of frames all over the video, and of the keyframe that was the last one then. */
    private void compare(
            List<Long> all, List<Long> keyframes, List<Picture> seen, List<Picture> stale)
            throws VideoException, InterruptedVideoException, PictureException {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        long distance = Math.max(1, all.size() / (4 * MOST_PICTURES));
        Picture last = null;
        try (Interruption interruption = new Interruption(READ_LIMIT);
                VideoReader reader = open(false, interruption)) {
            VideoReader.Step step = reader.next();
            for (long n = 0; step != VideoReader.Step.END; n++) {
                if (step == VideoReader.Step.FRAME && keyframes.contains(n)) {
                    last = preprocessor.crop(reader.picture());
                }
                if (step == VideoReader.Step.FRAME && last != null && n % distance == 0) {
                    seen.add(preprocessor.crop(reader.picture()));
                    stale.add(last);
                }
                step = reader.next();
            }
        }
    }

    /** Decodes the video, without making pictures of its frames, and gives the frames' numbers. */
    private List<Long> decodeAll(boolean keyframesOnly)
            throws VideoException, InterruptedVideoException {
        List<Long> numbers = new ArrayList<>();
        try (Interruption interruption = new Interruption(READ_LIMIT);
                VideoReader reader = open(keyframesOnly, interruption)) {
            VideoReader.Step step = reader.next();
            for (long n = reader.passed().frames(); step != VideoReader.Step.END; n++) {
                numbers.add(n);
                step = reader.next();
                n += reader.passed().frames();
            }
        }
        return numbers;
    }

    private DecodeRow row(String name, double[] millis, List<Picture> whole, List<Picture> cheap)
            throws ModelException {
        double difference = 0;
        double cosines = 0;
        double least = 1;
        int same = 0;
        for (int i = 0; i < whole.size(); i++) {
            difference += difference(whole.get(i), cheap.get(i));
            float[] expected = embedding(whole.get(i));
            float[] actual = embedding(cheap.get(i));
            double cosine = dot(expected, actual);
            cosines += cosine;
            least = Math.min(least, cosine);
            same += bestLabel(expected) == bestLabel(actual) ? 1 : 0;
        }
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        double count = whole.size();
        return new DecodeRow(
                name,
                (sorted[(rounds - 1) / 2] + sorted[rounds / 2]) / 2,
                sorted[0],
                sorted[rounds - 1],
                difference / count,
                cosines / count,
                least,
                same / count);
    }

    private float[] embedding(Picture crop) throws ModelException {
        ImageBatch batch = images.newBatch(1);
        new Preprocessor(preprocessing).write(crop, batch.slot(0));
        return images.encode(batch, 1)[0];
    }

    private int bestLabel(float[] embedding) {
        int best = 0;
        for (int i = 1; i < labels.length; i++) {
            best = dot(embedding, labels[i]) > dot(embedding, labels[best]) ? i : best;
        }
        return best;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double difference(Picture a, Picture b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        }
        return (double) sum / a.rgb().length;
    }

    /** As cameras send it: colours at half the resolution. */
    private static byte[] jpeg(Picture picture) {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = picture.rgb();
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int pixel =
                    (rgb[3 * i] & 0xFF) << 16
                            | (rgb[3 * i + 1] & 0xFF) << 8
                            | rgb[3 * i + 2] & 0xFF;
            image.setRGB(i % picture.width(), i / picture.width(), pixel);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(JPEG_QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
