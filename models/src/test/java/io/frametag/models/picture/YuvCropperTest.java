package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.ImageSize;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planes straight to the model's input, against RGB first. */
final class YuvCropperTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                AV_PIX_FMT_YUVJ420P,
                AV_PIX_FMT_YUVJ422P,
                AV_PIX_FMT_YUVJ444P,
                AV_PIX_FMT_YUVJ440P,
                AV_PIX_FMT_YUVJ411P,
                AV_PIX_FMT_GRAY8
            })
    void aJpegsPlanesGiveTheExactWaysCropButForRounding(int format) throws Exception {
        Random random = new Random(format);
        for (int run = 0; run < 12; run++) {
            int width = 96 + random.nextInt(400);
            int height = 96 + random.nextInt(400);
            Preprocessor preprocessor = preprocessor(64, Resampling.values()[run % 2]);
            assertThat(preprocessor.shrinks(width, height)).isTrue();
            AVFrame frame = TestingPlanes.soft(format, width, height, run);
            try (FrameConverter converter = new FrameConverter()) {
                Picture exact = preprocessor.crop(converter.convert(frame, PictureCodec.JPEG));
                Picture fast = preprocessor.crop(FramePlanes.of(frame, PictureCodec.JPEG));
                double difference = TestingPictures.meanAbsoluteDifference(fast, exact);
                assertThat(difference).as("%dx%d", width, height).isLessThan(0.3);
                assertThat(TestingPictures.maxDifference(fast, exact)).isLessThanOrEqualTo(2);
            }
            av_frame_free(frame);
        }
    }

    @ParameterizedTest
    @CsvSource({
        AV_PIX_FMT_YUV420P + "," + AVCOL_SPC_UNSPECIFIED,
        AV_PIX_FMT_YUV420P + "," + AVCOL_SPC_BT709,
        AV_PIX_FMT_YUV420P + "," + AVCOL_SPC_BT2020_NCL,
        AV_PIX_FMT_YUV420P + "," + AVCOL_SPC_SMPTE240M,
        AV_PIX_FMT_YUV420P + "," + AVCOL_SPC_FCC,
        AV_PIX_FMT_YUVJ420P + "," + AVCOL_SPC_UNSPECIFIED,
        AV_PIX_FMT_YUVJ420P + "," + AVCOL_SPC_BT709,
        AV_PIX_FMT_YUV422P + "," + AVCOL_SPC_SMPTE170M
    })
    void aVideosPlanesGiveTheCropOfSwscalesPixels(int format, int colorspace) throws Exception {
        Random random = new Random(format + colorspace);
        // Elsewhere swscale has other code for it, which rounds in its own way.
        double bound = System.getProperty("os.arch").equals("amd64") ? 0.5 : 1.5;
        for (int run = 0; run < 6; run++) {
            int width = 96 + random.nextInt(400);
            int height = 96 + 2 * random.nextInt(200);
            Preprocessor preprocessor = preprocessor(64, Resampling.values()[run % 2]);
            AVFrame frame = TestingPlanes.soft(format, width, height, run);
            frame.colorspace(colorspace);
            try (FrameConverter converter = new FrameConverter()) {
                Picture picture = converter.convert(frame);
                Picture exact = preprocessor.crop(new Picture(width, height, picture.rgb()));
                Picture fast = preprocessor.crop(picture);
                double difference = TestingPictures.meanAbsoluteDifference(fast, exact);
                assertThat(difference).as("%dx%d", width, height).isBetween(1e-4, bound);
            }
            av_frame_free(frame);
        }
    }

    @Test
    void tinyPicturesWorkToo() throws Exception {
        Preprocessor preprocessor = preprocessor(16, Resampling.BICUBIC);
        for (int width = 1; width < 8; width++) {
            for (int height = 1; height < 8; height++) {
                AVFrame frame = TestingPlanes.soft(AV_PIX_FMT_YUVJ420P, width, height, width);
                try (FrameConverter converter = new FrameConverter()) {
                    Picture exact = preprocessor.crop(converter.convert(frame, PictureCodec.JPEG));
                    Picture fast = preprocessor.crop(FramePlanes.of(frame, PictureCodec.JPEG));
                    // Each level of the input is one rounded level of the picture, or nearly so.
                    assertThat(TestingPictures.maxDifference(fast, exact))
                            .as("%dx%d", width, height)
                            .isLessThanOrEqualTo(3);
                }
                av_frame_free(frame);
            }
        }
    }

    @Test
    void coloursOutsideOfRgbAreClamped() throws Exception {
        Preprocessor preprocessor = preprocessor(16, Resampling.BILINEAR);
        AVFrame frame = TestingPlanes.noise(AV_PIX_FMT_YUVJ444P, 16, 16, 1);
        try (FrameConverter converter = new FrameConverter()) {
            Picture exact = converter.convert(frame, PictureCodec.JPEG);
            Picture fast = preprocessor.crop(FramePlanes.of(frame, PictureCodec.JPEG));
            assertThat(TestingPictures.maxDifference(fast, exact)).isLessThanOrEqualTo(1);
        }
        av_frame_free(frame);
    }

    @Test
    void differentPicturesMayFollowEachOther() {
        Preprocessor reused = preprocessor(32, Resampling.BILINEAR);
        int[] formats = {AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_GRAY8, AV_PIX_FMT_YUVJ444P};
        for (int run = 0; run < 12; run++) {
            int side = run % 4 < 2 ? 90 : 200;
            AVFrame frame = TestingPlanes.soft(formats[run % 3], side, 2 * side, run);
            YuvPlanes planes = FramePlanes.of(frame, PictureCodec.JPEG);
            Picture fresh = preprocessor(32, Resampling.BILINEAR).crop(planes);
            assertThat(reused.crop(planes).rgb()).isEqualTo(fresh.rgb());
            av_frame_free(frame);
        }
    }

    private static Preprocessor preprocessor(int side, Resampling filter) {
        return new Preprocessor(
                new Preprocessing(
                        new ImageSize(side, side),
                        filter,
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f)));
    }
}
