package io.frametag.models.conformance;

import io.frametag.models.Cosine;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TextEncoder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.Preprocessor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares a model in a lower precision with the same in fp32: what both make of photographs, of
 * frames of videos and of texts, and in which order they rank prompts for a picture.
 */
final class PrecisionConformance {

    private static final double MIN_COSINE = 0.99;
    private static final double MIN_RANK_CORRELATION = 0.9;

    /**
     * With prompts in the lower precision too. Encoders of random weights take all texts for much
     * the same, so that the smallest change of a prompt swaps ranks.
     */
    private static final double MIN_RANK_CORRELATION_OF_BOTH = 0.8;

    /**
     * In S2, whose stages are deep and narrow, rounding adds up: with random weights 0.970 at
     * worst, with or without the cheaper GELU, and a correlation of 0.89.
     */
    private static final String ROUGHER = "MobileCLIP2-S2";

    private static final double ROUGHER_MIN_COSINE = 0.96;
    private static final double ROUGHER_MIN_RANK_CORRELATION = 0.85;

    private final ModelFolder exact;
    private final ModelFolder rough;
    private final Consumer<ConformanceRow> rows;

    /**
     * @param exact the model in fp32
     * @param rough the same in a lower precision
     */
    PrecisionConformance(ModelFolder exact, ModelFolder rough, Consumer<ConformanceRow> rows) {
        this.exact = exact;
        this.rough = rough;
        this.rows = rows;
    }

    /** Compares texts, then each set of pictures. */
    void compare(List<Picture> photographs, List<Picture> frames) throws ModelException {
        float[][] exactPrompts = texts(exact, SampleTexts.prompts());
        float[][] roughPrompts = texts(rough, SampleTexts.prompts());
        cosines("prompts", exactPrompts, roughPrompts);
        cosines("other texts", texts(exact, SampleTexts.odd()), texts(rough, SampleTexts.odd()));
        compare("photographs", photographs, exactPrompts, roughPrompts);
        if (!frames.isEmpty()) {
            compare("video frames", frames, exactPrompts, roughPrompts);
        }
    }

    private void compare(
            String what, List<Picture> pictures, float[][] exactPrompts, float[][] roughPrompts)
            throws ModelException {
        float[][] expected = embeddings(exact, pictures);
        float[][] found = embeddings(rough, pictures);
        cosines(what, expected, found);
        double same = meanKendall(exactPrompts, expected, exactPrompts, found);
        row(what + ", fp32 prompts", "Kendall's tau", same, minRankCorrelation());
        double both = meanKendall(exactPrompts, expected, roughPrompts, found);
        row(what + ", own prompts", "Kendall's tau", both, MIN_RANK_CORRELATION_OF_BOTH);
    }

    private static double meanKendall(
            float[][] exactPrompts, float[][] expected, float[][] prompts, float[][] found) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += kendall(scores(exactPrompts, expected[i]), scores(prompts, found[i]));
        }
        return sum / expected.length;
    }

    private void cosines(String what, float[][] expected, float[][] found) {
        double[] cosines = new double[expected.length];
        Arrays.setAll(cosines, i -> Cosine.of(expected[i], found[i]));
        double mean = Arrays.stream(cosines).average().orElse(Double.NaN);
        double worst = Arrays.stream(cosines).min().orElse(Double.NaN);
        row("%d %s, mean".formatted(cosines.length, what), "cosine", mean, minCosine());
        row("%d %s, worst".formatted(cosines.length, what), "cosine", worst, minCosine());
    }

    private boolean isRougher() {
        return rough.manifest().name().equals(ROUGHER);
    }

    private double minCosine() {
        return isRougher() ? ROUGHER_MIN_COSINE : MIN_COSINE;
    }

    private double minRankCorrelation() {
        return isRougher() ? ROUGHER_MIN_RANK_CORRELATION : MIN_RANK_CORRELATION;
    }

    private void row(String what, String measure, double value, double bound) {
        String precision = rough.manifest().precision();
        rows.accept(
                new ConformanceRow(
                        rough.manifest().name(),
                        precision + " " + what,
                        measure,
                        value,
                        bound,
                        value >= bound));
    }

    private static float[][] texts(ModelFolder model, List<String> texts) throws ModelException {
        try (TextEncoder encoder = TextEncoder.open(model, EncoderOptions.defaults())) {
            return encoder.encode(texts);
        }
    }

    private static float[][] embeddings(ModelFolder model, List<Picture> pictures)
            throws ModelException {
        float[][] embeddings = new float[pictures.size()][];
        Preprocessor preprocessor = new Preprocessor(model.manifest().preprocessing());
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            ImageBatch batch = encoder.newBatch(1);
            for (int i = 0; i < embeddings.length; i++) {
                preprocessor.write(pictures.get(i), batch.slot(0));
                embeddings[i] = encoder.encode(batch, 1)[0];
            }
        }
        return embeddings;
    }

    private static double[] scores(float[][] prompts, float[] picture) {
        double[] scores = new double[prompts.length];
        Arrays.setAll(scores, i -> Cosine.of(prompts[i], picture));
        return scores;
    }

    /** The share of pairs in the same order less the share of those in the opposite one. */
    static double kendall(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
            }
        }
        return sum / (a.length * (a.length - 1) / 2.0);
    }
}
