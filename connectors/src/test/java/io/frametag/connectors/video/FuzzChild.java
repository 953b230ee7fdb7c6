package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The process that takes the inputs and may die of one. Tells on standard output which it is at:
 * {@code start INDEX}, then {@code done INDEX OUTCOME MICROS} or {@code wrong INDEX PROBLEM}.
 *
 * <p>Arguments: folder, format, seed, first index, index behind the last.
 */
final class FuzzChild {

    private FuzzChild() {}

    public static void main(String[] args) throws Exception {
        FuzzFormat format = FuzzFormat.valueOf(args[1]);
        long seed = Long.parseLong(args[2]);
        int from = Integer.parseInt(args[3]);
        int to = Integer.parseInt(args[4]);
        FuzzSamples samples = FuzzSamples.in(Path.of(args[0]));
        try (FuzzTarget target = new FuzzTarget(Path.of(args[0]))) {
            byte[] good = samples.of(stillOf(format)).get(0);
            PictureCodec codec = FuzzTarget.codec(stillOf(format));
            Picture expected = target.decode(good, codec);
            for (int index = from; index < to; index++) {
                byte[] input = FuzzMutator.input(format, samples.of(format), seed, index);
                System.out.println("start " + index);
                take(target, format, index, input, System.out);
                try {
                    target.checkUnharmed(good, codec, expected);
                } catch (Exception e) {
                    System.out.println("wrong " + index + " harms what follows: " + e);
                }
            }
        }
    }

    /** The format whose decoder is looked after. */
    private static FuzzFormat stillOf(FuzzFormat format) {
        return format.isVideo() ? FuzzFormat.H264_KEYFRAME : format;
    }

    private static void take(
            FuzzTarget target, FuzzFormat format, int index, byte[] input, PrintStream out) {
        long start = System.nanoTime();
        try {
            FuzzTarget.Outcome outcome = target.take(format, input, index % 2 == 1);
            long micros = (System.nanoTime() - start) / 1000;
            out.println("done " + index + " " + outcome + " " + micros);
        } catch (Throwable e) {
            // Any throwable but a refusal is what is looked for here.
            String problem = String.valueOf(e).lines().findFirst().orElse("");
            out.println("wrong " + index + " " + problem + " at " + e.getStackTrace()[0]);
        }
    }
}
