package io.frametag.models.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelFolder;
import io.frametag.models.Precision;
import io.frametag.models.TextEncoder;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.Preprocessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings in int8 against those in fp32, on the reference's photographs. */
final class Int8ITCase {

    /** Not the system's temporary folder, which may be memory: S4 takes six gigabytes. */
    private static final Path WORK = Path.of("target", "int8");

    private static final double MIN_COSINE = 0.99;
    private static final double MIN_RANK_CORRELATION = 0.9;

    @AfterEach
    void deleteModels() throws Exception {
        try (Stream<Path> files = Files.walk(WORK)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MobileCLIP2-S0", "MobileCLIP2-S3", "MobileCLIP2-S4"})
    void staysCloseToFp32(String model) throws Exception {
        Path shared = SharedReference.folder();
        Files.createDirectories(WORK);
        ModelFolder fp32 = importModel(shared, model, Precision.FP32);
        ModelFolder int8 = importModel(shared, model, Precision.INT8);
        List<float[]> expected = pictures(shared, fp32);
        List<float[]> found = pictures(shared, int8);
        float[][] prompts = prompts(fp32);
        double worst = 1;
        double sum = 0;
        double rankCorrelation = 0;
        for (int i = 0; i < expected.size(); i++) {
            double cosine = dot(expected.get(i), found.get(i));
            worst = Math.min(worst, cosine);
            sum += cosine / expected.size();
            rankCorrelation +=
                    kendall(scores(prompts, expected.get(i)), scores(prompts, found.get(i)))
                            / expected.size();
        }
        System.out.printf(
                Locale.ROOT,
                "%s int8 against fp32, %d pictures: cosine mean %.5f, worst %.5f;"
                        + " Kendall's tau of %d prompts, mean %.4f%n",
                model,
                expected.size(),
                sum,
                worst,
                prompts.length,
                rankCorrelation);
        assertThat(worst).isGreaterThanOrEqualTo(MIN_COSINE);
        assertThat(rankCorrelation).isGreaterThanOrEqualTo(MIN_RANK_CORRELATION);
    }

    private static ModelFolder importModel(Path shared, String model, Precision precision)
            throws Exception {
        Path weights = WORK.resolve(model + ".safetensors");
        SyntheticCheckpoint.write(
                shared.resolve("reference/checkpoints").resolve(model + ".tsv"), weights);
        Path output = WORK.resolve(model + "-" + precision.id());
        Path tokenizer = shared.resolve("clip/tokenizer.json");
        return ModelImporter.importModel(
                new ImportRequest(model, weights, tokenizer, null, null, output)
                        .withPrecision(precision),
                (part, fraction) -> {});
    }

    private static List<float[]> pictures(Path shared, ModelFolder model) throws Exception {
        List<float[]> embeddings = new ArrayList<>();
        try (Stream<Path> inputs = Files.list(shared.resolve("reference/preprocess/inputs"));
                PictureDecoder decoder = new PictureDecoder();
                ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            Preprocessor preprocessor = new Preprocessor(model.manifest().preprocessing());
            ImageBatch batch = encoder.newBatch(1);
            for (Path input : inputs.sorted().toList()) {
                preprocessor.write(decoder.decode(Files.readAllBytes(input), null), batch.slot(0));
                embeddings.add(encoder.encode(batch, 1)[0]);
            }
        }
        return embeddings;
    }

    /** A hundred prompts. */
    private static float[][] prompts(ModelFolder model) throws Exception {
        List<String> prompts = new ArrayList<>();
        String[] kinds = {"red", "blue", "small", "old", "wet", "dirty", "new", "wooden", "fast"};
        String[] things = {
            "car", "dog", "bottle", "bicycle", "fox", "mountain", "truck", "boat", "person", "cat"
        };
        for (String thing : things) {
            prompts.add("a photo of a " + thing);
            for (String kind : kinds) {
                prompts.add("a " + kind + " " + thing);
            }
        }
        try (TextEncoder encoder = TextEncoder.open(model, EncoderOptions.defaults())) {
            float[][] embeddings = new float[prompts.size()][];
            for (int i = 0; i < embeddings.length; i++) {
                embeddings[i] = encoder.encode(prompts.subList(i, i + 1))[0];
            }
            return embeddings;
        }
    }

    private static double[] scores(float[][] prompts, float[] picture) {
        double[] scores = new double[prompts.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = dot(prompts[i], picture);
        }
        return scores;
    }

    /** The share of pairs in the same order less the share of those in the opposite one. */
    private static double kendall(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
            }
        }
        return sum / (a.length * (a.length - 1) / 2.0);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
