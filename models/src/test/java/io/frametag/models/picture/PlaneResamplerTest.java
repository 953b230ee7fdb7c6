package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast resampler of one plane against one in floating point that enlarges first. */
final class PlaneResamplerTest {

    private final PlaneResampler fast = new PlaneResampler(24);

    /** One axis: a window of 24 outputs of an axis, over samples that were halved and enlarged. */
    private record Axis(int fullSize, int times, boolean blended, long out, long from) {

        static Axis random(Random random) {
            int times = random.nextInt(3);
            int fullSize = 1 + random.nextInt(random.nextBoolean() ? 12 : 300);
            long out = 24 + random.nextInt(200);
            boolean blended = times == 1 && random.nextBoolean();
            return new Axis(fullSize, times, blended, out, random.nextInt((int) out - 23));
        }

        int size() {
            return -(-fullSize >> times);
        }

        ResampleAxis full(Resampling filter) {
            return ResampleAxis.of(filter, fullSize, out, from, 24);
        }

        ResampleAxis fast(Resampling filter) {
            return full(filter).onHalves(times, blended, size());
        }

        /** Enlarges, then resizes. */
        double[] naive(double[] samples, Resampling filter) {
            double[] enlarged = new double[fullSize];
            for (int i = 0; i < fullSize; i++) {
                int near = i >> times;
                int next = Math.max(0, Math.min(near + (i % 2 == 1 ? 1 : -1), size() - 1));
                enlarged[i] = blended ? 0.75 * samples[near] + 0.25 * samples[next] : samples[near];
            }
            ResampleAxis axis = full(filter);
            double[] made = new double[24];
            for (int i = 0; i < made.length; i++) {
                for (int k = 0; k < axis.taps()[i]; k++) {
                    double weight = axis.weights()[i * axis.stride() + k] / (double) (1 << 22);
                    made[i] += weight * enlarged[axis.first()[i] + k];
                }
            }
            return made;
        }
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void rowsAreThoseOfTheNaiveOne(Resampling filter) {
        Random random = new Random(3);
        for (int run = 0; run < 150; run++) {
            Axis across = Axis.random(random);
            Axis down = Axis.random(random);
            AVFrame frame = TestingPlanes.noise(AV_PIX_FMT_GRAY8, across.size(), down.size(), run);
            SamplePlane plane = SamplePlane.borrow(frame, 0, across.size(), down.size());
            double[][] expected = naive(plane, across, down, filter);
            fast.start(
                    run % 2 == 0 ? plane : plane.copy(),
                    RowTaps.of(across.fast(filter)),
                    down.fast(filter));
            for (int y = 0; y < 24; y++) {
                int[] row = fast.row(y);
                for (int x = 0; x < 24; x++) {
                    assertThat(row[x] / 256.0)
                            .as("run %d, %s, %s", run, across, down)
                            .isCloseTo(expected[y][x], within(0.05));
                }
            }
            av_frame_free(frame);
        }
    }

    private static double[][] naive(SamplePlane plane, Axis across, Axis down, Resampling filter) {
        double[][] rows = new double[down.size()][];
        byte[] row = new byte[across.size()];
        for (int y = 0; y < rows.length; y++) {
            plane.read(y, row);
            double[] samples = new double[row.length];
            for (int x = 0; x < row.length; x++) {
                samples[x] = row[x] & 0xFF;
            }
            rows[y] = across.naive(samples, filter);
        }
        double[][] made = new double[24][24];
        double[] column = new double[rows.length];
        for (int x = 0; x < 24; x++) {
            for (int y = 0; y < rows.length; y++) {
                column[y] = rows[y][x];
            }
            double[] values = down.naive(column, filter);
            for (int y = 0; y < 24; y++) {
                made[y][x] = values[y];
            }
        }
        return made;
    }
}
