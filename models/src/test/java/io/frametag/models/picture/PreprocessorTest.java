package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ImageSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreprocessorTest {

    @ParameterizedTest
    @CsvSource({
        "300,200,64,64",
        "200,300,64,64",
        "64,64,64,64",
        "50,31,64,64",
        "31,50,64,64",
        "1000,40,32,32",
        "640,360,96,64",
        "360,640,64,96",
        "3,2,48,16",
        "101,77,37,37"
    })
    void fastPathIsThatOfTheNaiveOne(int width, int height, int cropWidth, int cropHeight) {
        Picture picture = TestingPictures.noise(width, height, width + height);
        for (Resampling filter : Resampling.values()) {
            ImageSize size = new ImageSize(cropWidth, cropHeight);
            Picture fast = new Preprocessor(raw(size, filter)).crop(picture);
            Picture naive = NaivePreprocessor.crop(picture, size, filter);
            // Where a value lies halfway between two, fixed point may round the other way.
            assertThat(TestingPictures.maxDifference(fast, naive)).as("%s", filter).isLessThan(2);
            assertThat(TestingPictures.meanAbsoluteDifference(fast, naive)).isLessThan(0.1);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,10000", "10000,1", "2,3", "1,2", "255,257"})
    void extremeShapesWork(int width, int height) {
        Picture picture = TestingPictures.noise(width, height, 7);
        ImageSize size = new ImageSize(256, 256);
        for (Resampling filter : Resampling.values()) {
            Picture crop = new Preprocessor(raw(size, filter)).crop(picture);
            assertThat(crop.width()).isEqualTo(256);
            assertThat(crop.height()).isEqualTo(256);
        }
    }

    @Test
    void aPictureOfOneColourStaysSo() {
        byte[] rgb = new byte[3 * 321 * 123];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 3 == 0 ? 255 : i % 3 == 1 ? 128 : 3);
        }
        Picture crop =
                new Preprocessor(raw(new ImageSize(64, 64), Resampling.BICUBIC))
                        .crop(new Picture(321, 123, rgb));
        for (int i = 0; i < crop.rgb().length; i++) {
            assertThat(crop.rgb()[i]).isEqualTo(rgb[i % 3]);
        }
    }

    @Test
    void writesNormalisedPlanesFromTheSlotsPosition() {
        Picture picture = TestingPictures.noise(8, 8, 3);
        Preprocessing preprocessing =
                new Preprocessing(
                        new ImageSize(8, 8),
                        Resampling.BILINEAR,
                        List.of(0.1f, 0.2f, 0.3f),
                        List.of(0.5f, 0.6f, 0.7f));
        FloatBuffer slot =
                ByteBuffer.allocateDirect(4 * (5 + 3 * 64))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                        .position(5);

        new Preprocessor(preprocessing).write(picture, slot);

        assertThat(slot.position()).isEqualTo(5);
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 64; i++) {
                float pixel = (picture.rgb()[3 * i + c] & 0xFF) / 255f;
                float expected = (pixel - preprocessing.mean().get(c)) / preprocessing.std().get(c);
                assertThat(slot.get(5 + 64 * c + i)).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void aSlotThatIsTooSmallIsRefused() {
        Preprocessor preprocessor = new Preprocessor(raw(new ImageSize(8, 8), Resampling.BILINEAR));
        assertThatThrownBy(
                        () ->
                                preprocessor.write(
                                        TestingPictures.noise(8, 8, 1), FloatBuffer.allocate(191)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("191")
                .hasMessageContaining("3x8x8");
    }

    @Test
    void picturesOfDifferentSizesMayFollowEachOther() {
        Preprocessor reused = new Preprocessor(raw(new ImageSize(32, 32), Resampling.BILINEAR));
        for (int side : new int[] {40, 200, 33, 200, 40}) {
            Picture picture = TestingPictures.noise(side, 2 * side, side);
            Preprocessor fresh = new Preprocessor(raw(new ImageSize(32, 32), Resampling.BILINEAR));
            assertThat(reused.crop(picture).rgb()).isEqualTo(fresh.crop(picture).rgb());
        }
    }

    private static Preprocessing raw(ImageSize size, Resampling filter) {
        return new Preprocessing(size, filter, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    }
}
