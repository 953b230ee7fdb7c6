package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways from a video's frames to a model's input, each timed and compared. */
final class VideoDecodes {

    private static final int COMPARED = 160;
    private static final Duration READ_LIMIT = Duration.ofSeconds(30);

    private final String uri;
    private final Preprocessing preprocessing;

    /**
     * @param uri path or {@code file:} URI of the video
     */
    VideoDecodes(String uri, Preprocessing preprocessing) {
        this.uri = uri;
        this.preprocessing = preprocessing;
    }

    /** What is done with each frame of a video. */
    private interface Frames {
        void take(VideoReader reader, long number) throws PictureException;
    }

    /** Pictures from all over the video. */
    List<Picture> pictures(int most)
            throws VideoException, InterruptedVideoException, PictureException {
        long distance = Math.max(1, count() / most);
        List<Picture> pictures = new ArrayList<>();
        read(
                false,
                (reader, number) -> {
                    if (number % distance == 0 && pictures.size() < most) {
                        pictures.add(reader.picture());
                    }
                });
        return pictures;
    }

    private int count() throws VideoException, InterruptedVideoException, PictureException {
        int[] count = new int[1];
        read(false, (reader, number) -> count[0]++);
        return count[0];
    }

    /**
     * FFmpeg alone, all frames by RGB and straight from planes, and keyframes only; the time is
     * that of the whole video divided by its frames, of which those between keyframes cost nothing
     * where they are left out.
     */
    List<DecodeRow> rows(CropComparison comparison, int rounds) throws Exception {
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        int frames = count();
        TimedWays.Times[] times =
                TimedWays.run(
                        rounds,
                        frames,
                        () -> read(false, (reader, number) -> {}),
                        () -> read(false, (reader, n) -> preprocessor.crop(inRgb(reader))),
                        () -> read(false, (reader, n) -> preprocessor.crop(reader.picture())),
                        () -> read(true, (reader, n) -> preprocessor.crop(reader.picture())));
        Set<Long> keyframes = new HashSet<>();
        read(true, (reader, number) -> keyframes.add(number));
        Crops crops = new Crops(preprocessor, keyframes, Math.max(1, frames / COMPARED));
        read(false, crops);
        String name = "video, " + frames + " frames";
        return List.of(
                CropComparison.row(name + ", FFmpeg alone (c)", times[0]),
                comparison.row(name + ", RGB first (exact)", times[1], crops.exact, crops.exact),
                comparison.row(name + ", from planes", times[2], crops.exact, crops.direct),
                comparison.row(
                        "video, " + keyframes.size() + " keyframes, from planes",
                        times[3],
                        crops.exact,
                        crops.stale));
    }

    private static Picture inRgb(VideoReader reader) throws PictureException {
        Picture picture = reader.picture();
        return new Picture(picture.width(), picture.height(), picture.rgb());
    }

    /** Crops of frames all over the video, and of the keyframe that was the last one then. */
    private static final class Crops implements Frames {

        private final List<Picture> exact = new ArrayList<>();
        private final List<Picture> direct = new ArrayList<>();
        private final List<Picture> stale = new ArrayList<>();
        private final Preprocessor preprocessor;
        private final Set<Long> keyframes;
        private final long distance;
        private @Nullable Picture last;

        Crops(Preprocessor preprocessor, Set<Long> keyframes, long distance) {
            this.preprocessor = preprocessor;
            this.keyframes = keyframes;
            this.distance = distance;
        }

        @Override
        public void take(VideoReader reader, long number) throws PictureException {
            if (keyframes.contains(number)) {
                last = preprocessor.crop(reader.picture());
            }
            if (last != null && number % distance == 0) {
                exact.add(preprocessor.crop(inRgb(reader)));
                direct.add(preprocessor.crop(reader.picture()));
                stale.add(last);
            }
        }
    }

    /** Decodes the video; damaged frames are counted but not handed over. */
    private void read(boolean keyframesOnly, Frames frames)
            throws VideoException, InterruptedVideoException, PictureException {
        try (Interruption interruption = new Interruption(READ_LIMIT);
                VideoReader reader =
                        VideoReader.open(
                                uri, PictureLimits.defaults(), keyframesOnly, interruption)) {
            VideoReader.Step step = reader.next();
            for (long number = reader.passed().frames(); step != VideoReader.Step.END; number++) {
                if (step == VideoReader.Step.FRAME) {
                    frames.take(reader, number);
                }
                step = reader.next();
                number += reader.passed().frames();
            }
        }
    }
}
