package io.frametag.connectors.video;

import io.frametag.models.Cosine;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Compares what a model sees, and makes of it, of two ways of decoding. Used by one thread. */
final class CropComparison {

    private final Preprocessor preprocessor;
    private final ImageEncoder images;
    private final float[][] labels;

    /** Of pictures that were compared already, by identity. */
    private final Map<Picture, float[]> embeddings = new IdentityHashMap<>();

    /**
     * @param images of the model; the caller's
     * @param labels embeddings, among which the most likely one of each picture is looked for
     */
    CropComparison(Preprocessing preprocessing, ImageEncoder images, float[][] labels) {
        this.preprocessor = new Preprocessor(preprocessing);
        this.images = images;
        this.labels = labels;
    }

    /** The row of a way that makes no pictures. */
    static DecodeRow row(String name, TimedWays.Times times) {
        return row(name, times, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** The row of a way that gave {@code crops} where the exact way gives {@code exact}. */
    DecodeRow row(String name, TimedWays.Times times, List<Picture> exact, List<Picture> crops)
            throws ModelException {
        double difference = 0;
        double cosines = 0;
        double least = 1;
        int same = 0;
        for (int i = 0; i < exact.size(); i++) {
            difference += difference(exact.get(i), crops.get(i));
            float[] expected = embedding(exact.get(i));
            float[] actual = embedding(crops.get(i));
            double cosine = Cosine.of(expected, actual);
            cosines += cosine;
            least = Math.min(least, cosine);
            same += Cosine.nearest(expected, labels) == Cosine.nearest(actual, labels) ? 1 : 0;
        }
        double count = exact.size();
        return row(name, times, difference / count, cosines / count, least, same / count);
    }

    private static DecodeRow row(
            String name,
            TimedWays.Times times,
            double difference,
            double cosine,
            double least,
            double same) {
        return new DecodeRow(
                name,
                times.millis(),
                times.fastestMillis(),
                times.slowestMillis(),
                times.ratio(),
                difference,
                cosine,
                least,
                same);
    }

    private float[] embedding(Picture crop) throws ModelException {
        float[] known = embeddings.get(crop);
        return known == null ? embed(crop) : known;
    }

    private float[] embed(Picture crop) throws ModelException {
        ImageBatch batch = images.newBatch(1);
        preprocessor.write(crop, batch.slot(0));
        float[] embedding = images.encode(batch, 1)[0];
        embeddings.put(crop, embedding);
        return embedding;
    }

    private static double difference(Picture a, Picture b) {
        byte[] left = a.rgb();
        byte[] right = b.rgb();
        long sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += Math.abs((left[i] & 0xFF) - (right[i] & 0xFF));
        }
        return (double) sum / left.length;
    }
}
