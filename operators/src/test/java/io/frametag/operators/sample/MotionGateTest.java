package io.frametag.operators.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.picture.Picture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MotionGateTest {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;

    private static LumaGrid flat(int level) {
        return ofPlane(plane(level));
    }

    private static byte[] plane(int level) {
        byte[] plane = new byte[WIDTH * HEIGHT];
        Arrays.fill(plane, (byte) level);
        return plane;
    }

    private static LumaGrid ofPlane(byte[] plane) {
        return LumaGrid.ofPlane(ByteBuffer.wrap(plane), WIDTH, WIDTH, HEIGHT);
    }

    private static void square(byte[] plane, int left, int top, int size, int level) {
        for (int y = top; y < top + size; y++) {
            Arrays.fill(plane, y * WIDTH + left, y * WIDTH + left + size, (byte) level);
        }
    }

    @Test
    void noiseIsNoMotionAndASmallThingThatMovesIs() {
        MotionGate gate = new MotionGate(Motion.defaults());
        Random random = new Random(5);
        for (int n = 0; n < 50; n++) {
            byte[] noisy = plane(100);
            for (int i = 0; i < noisy.length; i++) {
                noisy[i] += (byte) (6 * random.nextGaussian());
            }
            assertThat(gate.keeps(ofPlane(noisy), 40 * n)).isEqualTo(n == 0);
        }
        byte[] withThing = plane(100);
        square(withThing, 40, 60, 20, 180);

        assertThat(gate.keeps(ofPlane(withThing), 2_000)).isTrue();
        square(withThing, 40, 60, 20, 100);
        square(withThing, 80, 60, 20, 180);
        assertThat(gate.keeps(ofPlane(withThing), 2_040)).isTrue();
        assertThat(gate.keeps(ofPlane(withThing), 2_080)).isFalse();
    }

    @Test
    void whatChangesSlowlyAddsUp() {
        MotionGate gate = new MotionGate(new Motion(0.005, Duration.ofHours(1)));
        int kept = 0;
        for (int n = 0; n <= 90; n++) {
            kept += gate.keeps(flat(50 + n), 40 * n) ? 1 : 0;
        }

        // The first, and then one for each nine levels.
        assertThat(kept).isEqualTo(11);
    }

    @Test
    void aFrameIsKeptOnceInAWhileThoughNothingMoves() {
        MotionGate gate = new MotionGate(new Motion(0.005, Duration.ofSeconds(10)));

        assertThat(gate.keeps(flat(9), 500)).isTrue();
        assertThat(gate.keeps(flat(9), 10_499)).isFalse();
        assertThat(gate.keeps(flat(9), 10_500)).isTrue();
        assertThat(gate.keeps(flat(9), 20_499)).isFalse();
        assertThat(gate.keeps(flat(9), 0)).as("the stream started anew").isTrue();
        assertThat(gate.keeps(flat(9), 1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"320, 180", "1920, 1080", "641, 363", "64, 36", "50, 20", "1, 1", "36, 5000"})
    void cellsAreTheMeansOfTheirPixels(int width, int height) {
        byte[] plane = new byte[(width + 7) * height];
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                byte level = (byte) (255L * x / width / 2 + 127L * y / height);
                plane[y * (width + 7) + x] = level;
                Arrays.fill(rgb, 3 * (y * width + x), 3 * (y * width + x) + 3, level);
            }
        }
        LumaGrid grid = LumaGrid.ofPlane(ByteBuffer.wrap(plane), width + 7, width, height);
        LumaGrid ofPicture = LumaGrid.of(new Picture(width, height, rgb));

        assertThat(grid.changedShare(ofPicture)).isZero();
        for (int row = 0; row < LumaGrid.ROWS; row++) {
            for (int column = 0; column < LumaGrid.COLUMNS; column++) {
                double expected = mean(plane, width, height, column, row);
                assertThat((double) grid.level(column, row)).isCloseTo(expected, within(4.0));
                assertThat(ofPicture.level(column, row)).isEqualTo(grid.level(column, row));
            }
        }
    }

    private static double mean(byte[] plane, int width, int height, int column, int row) {
        int left = column * width / 64;
        int right = Math.max(left + 1, (column + 1) * width / 64);
        int top = row * height / 36;
        int bottom = Math.max(top + 1, (row + 1) * height / 36);
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += plane[y * (width + 7) + x] & 0xFF;
            }
        }
        return (double) sum / (right - left) / (bottom - top);
    }

    @Test
    void theLumaOfADecodedFrameIsReadWhereItHasAPlaneOfIt() {
        assertThat(ofFrame(avutil.AV_PIX_FMT_YUV420P)).isNotNull();
        assertThat(ofFrame(avutil.AV_PIX_FMT_NV12).level(63, 35)).isEqualTo(77);
        assertThat(ofFrame(avutil.AV_PIX_FMT_GRAY8).level(0, 0)).isEqualTo(77);
        assertThat(ofFrame(avutil.AV_PIX_FMT_RGB24)).isNull();
        assertThat(ofFrame(avutil.AV_PIX_FMT_PAL8)).isNull();
        assertThat(ofFrame(avutil.AV_PIX_FMT_YUV420P10LE)).isNull();
        assertThat(ofFrame(avutil.AV_PIX_FMT_YUYV422)).isNull();
        assertThat(ofFrame(avutil.AV_PIX_FMT_NONE)).isNull();
    }

    private static LumaGrid ofFrame(int format) {
        AVFrame frame = avutil.av_frame_alloc();
        try {
            frame.width(70).height(40).format(format);
            if (format != avutil.AV_PIX_FMT_NONE) {
                assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
                for (int y = 0; y < 40; y++) {
                    for (int x = 0; x < 70; x++) {
                        frame.data(0).put((long) y * frame.linesize(0) + x, (byte) 77);
                    }
                }
            }
            return LumaGrid.of(frame);
        } finally {
            avutil.av_frame_free(frame);
        }
    }
}
