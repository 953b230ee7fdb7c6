package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PictureTest {

    @ParameterizedTest
    @CsvSource({
        AV_PIX_FMT_YUV420P + ",66,48,1",
        AV_PIX_FMT_YUV420P + ",67,48,1",
        AV_PIX_FMT_YUV420P + ",66,48,9",
        AV_PIX_FMT_YUVJ420P + ",66,48,5",
        AV_PIX_FMT_YUV422P + ",66,48,1"
    })
    void aVideosPictureKeepsPlanesAndItsPixelsAreSwscales(
            int format, int width, int height, int colorspace) throws Exception {
        AVFrame frame = TestingPlanes.noise(format, width, height, 1);
        frame.colorspace(colorspace);
        byte[] expected;
        try (ScaledColours scaled = new ScaledColours()) {
            expected = scaled.convert(frame);
        }
        Picture picture;
        try (FrameConverter converter = new FrameConverter()) {
            picture = converter.convert(frame);
        }
        av_frame_free(frame);

        assertThat(picture.planes()).isNotNull();
        assertThat(picture).hasToString("Picture[" + width + "x" + height + "]");
        assertThat(picture.rgb()).isEqualTo(expected).isSameAs(picture.rgb());
    }

    @ParameterizedTest
    @CsvSource({
        AV_PIX_FMT_YUV420P + ",66,47",
        AV_PIX_FMT_YUV444P + ",66,48",
        AV_PIX_FMT_YUV420P10LE + ",66,48",
        AV_PIX_FMT_NV12 + ",66,48",
        AV_PIX_FMT_RGB24 + ",66,48",
        AV_PIX_FMT_GRAY8 + ",66,48"
    })
    void otherLayoutsBecomeRgbAtOnce(int format, int width, int height) throws Exception {
        AVFrame frame = TestingPlanes.blank(format, width, height);
        try (FrameConverter converter = new FrameConverter()) {
            Picture picture = converter.convert(frame);
            assertThat(picture.planes()).isNull();
            assertThat(picture.rgb()).hasSize(3 * width * height);
        }
        av_frame_free(frame);
    }

    @ParameterizedTest
    @CsvSource({
        AV_PIX_FMT_YUV420P + ",66,48",
        AV_PIX_FMT_YUV420P + ",67,48",
        AV_PIX_FMT_YUV422P + ",66,48"
    })
    void turnedPlanesAreTurnedPixels(int format, int width, int height) throws Exception {
        AVFrame frame = TestingPlanes.noise(format, width, height, 2);
        try (FrameConverter converter = new FrameConverter()) {
            Picture picture = converter.convert(frame);
            Picture pixels = new Picture(width, height, picture.rgb());
            assertThat(picture.turned(0)).isSameAs(picture);
            for (int turns = 1; turns < 4; turns++) {
                Picture turned = picture.turned(turns);
                assertThat(turned.width()).isEqualTo(turns == 2 ? width : height);
                assertThat(turned.rgb()).isEqualTo(pixels.turned(turns).rgb());
                boolean whole = format == AV_PIX_FMT_YUV420P && width % 2 == 0;
                assertThat(turned.planes() != null).isEqualTo(whole);
            }
        }
        av_frame_free(frame);
    }

    @Test
    void aVideosPictureIsKeptAsJpegToo() throws Exception {
        AVFrame frame = TestingPlanes.soft(AV_PIX_FMT_YUV420P, 66, 48, 3);
        try (FrameConverter converter = new FrameConverter();
                JpegEncoder encoder = new JpegEncoder()) {
            Picture picture = converter.convert(frame);
            Picture pixels = new Picture(66, 48, converter.convert(frame).rgb());
            assertThat(encoder.encode(picture)).isEqualTo(encoder.encode(pixels));
        }
        av_frame_free(frame);
    }

    @Test
    void fourTurnsChangeNothing() {
        Picture picture = TestingPictures.noise(7, 5, 3);
        Picture turned = picture.turned(1).turned(1).turned(2);
        assertThat(turned.rgb()).isEqualTo(picture.rgb());
        assertThat(picture.turned(3).turned(1).rgb()).isEqualTo(picture.rgb());
        assertThatThrownBy(() -> picture.turned(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarter turns (4) must be from 1 to 3");
    }

    @Test
    void bytesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Picture(2, 2, new byte[11]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture of 2x2 can't have 11 bytes");
    }
}
