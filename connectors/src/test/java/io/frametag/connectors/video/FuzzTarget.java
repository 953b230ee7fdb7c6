package io.frametag.connectors.video;

import io.frametag.models.ImageSize;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.util.clock.SystemClock;
import org.jspecify.annotations.Nullable;

/**
 * Takes inputs as a job does: stills through decoders that are kept from one to the next, videos
 * through a player of their own. Checks of each that it is accounted for exactly once.
 */
final class FuzzTarget implements AutoCloseable {

    /** What an input came to. */
    enum Outcome {
        WHOLE,
        /** Some frames, and the loss of the others told. */
        PARTLY,
        /** Not a single frame, and one line that says why. */
        REFUSED
    }

    private static final int MANY_CALLS = 100_000;

    private final Path folder;
    private final PictureDecoder decoder = new PictureDecoder();
    private final PictureDecoder reduced =
            PictureDecoder.reduced(PictureLimits.defaults(), new ImageSize(16, 16));

    FuzzTarget(Path folder) {
        this.folder = folder;
    }

    Outcome take(FuzzFormat format, byte[] input, boolean other) throws IOException {
        return format.isVideo() ? play(format, input, other) : decode(format, input, other);
    }

    private Outcome decode(FuzzFormat format, byte[] input, boolean other) {
        try {
            Picture picture = (other ? reduced : decoder).decode(input, codec(format));
            require(
                    picture.rgb().length == 3 * picture.width() * picture.height(),
                    "a picture without all of its pixels");
            return Outcome.WHOLE;
        } catch (PictureException e) {
            requireLine(e.getMessage());
            return Outcome.REFUSED;
        }
    }

    /** What a record of that format announces: nothing, where its first bytes tell. */
    static @Nullable PictureCodec codec(FuzzFormat format) {
        return switch (format) {
            case H264_KEYFRAME -> PictureCodec.H264;
            case HEVC_KEYFRAME -> PictureCodec.HEVC;
            default -> null;
        };
    }

    /** Fails unless a good picture still comes out as it first did. */
    void checkUnharmed(byte[] good, @Nullable PictureCodec codec, Picture expected)
            throws PictureException {
        require(
                Arrays.equals(decoder.decode(good, codec).rgb(), expected.rgb()),
                "the picture after it is not what it should be");
    }

    Picture decode(byte[] good, @Nullable PictureCodec codec) throws PictureException {
        return decoder.decode(good, codec);
    }

    private Outcome play(FuzzFormat format, byte[] input, boolean keyframesOnly)
            throws IOException {
        Path file = folder.resolve("input." + format.extension());
        Files.write(file, input);
        VideoSettings settings =
                new VideoSettings(
                        Sampling.all(),
                        Playback.AS_FAST_AS_POSSIBLE,
                        PictureLimits.defaults(),
                        keyframesOnly);
        VideoSplit split =
                new VideoSplit(VideoStream.of("fuzz", file.toString()), VideoPosition.START);
        Tally tally = new Tally();
        try (VideoPlayer player = new VideoPlayer(split, settings, SystemClock.getInstance())) {
            for (int i = 0; !player.isFinished(); i++) {
                require(i < MANY_CALLS, "more items than such a file can have");
                player.next().forEach(tally::add);
            }
        }
        return tally.outcome();
    }

    /** Adds up what a stream gave. */
    private static final class Tally {

        private long frames;
        private long sampledOut;
        private long failed;
        private int ends;
        private StreamReport last;
        private VideoPosition after;

        void add(VideoRecord record) {
            require(ends == 0, "an item after the end");
            after = record.after();
            if (record.item() instanceof Frame) {
                frames++;
                return;
            }
            last = (StreamReport) record.item();
            sampledOut += last.sampledOut();
            failed += last.failed().values().stream().mapToLong(Long::longValue).sum();
            ends += after.finished() ? 1 : 0;
        }

        Outcome outcome() {
            require(ends == 1, "no report on its end");
            require(
                    frames + sampledOut + failed == after.sequence(),
                    "%d frames, %d left out and %d failed, but %d counted"
                            .formatted(frames, sampledOut, failed, after.sequence()));
            if (last.error() != null) {
                requireLine(last.error());
            }
            if (last.state() == StreamState.REFUSED) {
                require(last.error() != null, "refused without a reason");
                require(after.sequence() == 0, "refused after frames were counted");
                return Outcome.REFUSED;
            }
            require(last.state() == StreamState.ENDED, "its end is told as " + last.state());
            if (last.error() == null && failed == 0) {
                return Outcome.WHOLE;
            }
            return frames + sampledOut == 0 && last.error() != null
                    ? Outcome.REFUSED
                    : Outcome.PARTLY;
        }
    }

    private static void requireLine(String message) {
        require(
                !message.isBlank() && message.lines().count() == 1,
                "a message that is not one line: " + message);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        decoder.close();
        reduced.close();
    }
}
