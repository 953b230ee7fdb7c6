package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frametag.models.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding and preprocessing against the reference crops. */
final class PreprocessConformanceTest {

    private static final Preprocessing MOBILECLIP2 =
            new Preprocessing(
                    new ImageSize(256, 256),
                    Resampling.BILINEAR,
                    List.of(0f, 0f, 0f),
                    List.of(1f, 1f, 1f));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bottle-1.png",
                "car-1.png",
                "car-2.png",
                "car-3.png",
                "fox.png",
                "mountains.png",
                "dog-cat.jpg",
                "dog_bike_car.jpg"
            })
    void cropsAreThoseOfTheReference(String input) throws Exception {
        Path folder = shared("reference/preprocess");
        String crop = input.replace(".jpg", ".png");
        try (PictureDecoder decoder = new PictureDecoder()) {
            byte[] bytes = Files.readAllBytes(folder.resolve("inputs/" + input));
            Picture expected =
                    decoder.decode(Files.readAllBytes(folder.resolve("crops/" + crop)), null);
            Preprocessor preprocessor = new Preprocessor(MOBILECLIP2);
            Picture picture = decoder.decode(bytes, null);
            Picture actual = preprocessor.crop(picture);
            // The inverse cosine transforms of FFmpeg and libjpeg round a few pixels differently.
            boolean jpeg = picture.width() == 256 || input.endsWith("jpg");
            assertThat(TestingPictures.meanAbsoluteDifference(actual, expected))
                    .isLessThanOrEqualTo(jpeg ? 0.1 : 0);
            Picture cheap = decoder.crop(bytes, null, preprocessor);
            assertThat(TestingPictures.meanAbsoluteDifference(cheap, expected))
                    .isLessThanOrEqualTo(jpeg ? 0.25 : 0);
        }
    }

    private static Path shared(String path) {
        Path found = Path.of(System.getProperty("frametag.shared", "../shared"), path);
        assumeThat(found)
                .as("reference vectors are only checked where -Dframetag.shared has them")
                .exists();
        return found;
    }
}
