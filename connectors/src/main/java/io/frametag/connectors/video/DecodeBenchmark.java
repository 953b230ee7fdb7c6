package io.frametag.connectors.video;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TextEncoder;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Experimental;

/**
 * Measures the ways from compressed frames to a model's input, in time and in what they change.
 * Baselines in the same rounds: (c) FFmpeg's decoder alone, which no way can beat, and the exact
 * way, which turns all pixels into RGB first. Runs on the calling thread and times that.
 */
@Experimental
public final class DecodeBenchmark {

    private static final int MOST_PICTURES = 40;

    private final ModelFolder model;
    private final float[][] labels;
    private final int rounds;

    /**
     * @param labels among which the most likely one of each picture is looked for
     * @param rounds how often each way is timed
     */
    public DecodeBenchmark(ModelFolder model, List<String> labels, int rounds)
            throws ModelException {
        this.model = model;
        this.rounds = rounds;
        try (TextEncoder encoder = TextEncoder.open(model, EncoderOptions.defaults())) {
            this.labels = encoder.encode(labels);
        }
    }

    /**
     * Measures pictures.
     *
     * @param name for the rows
     * @return FFmpeg alone, the exact way, the full decode and the reduced one
     */
    public List<DecodeRow> pictures(String name, List<byte[]> jpegs) throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            return stills(encoder).rows(name, jpegs, rounds);
        }
    }

    /**
     * Measures a video, and pictures from it as JPEG (quality 90, colours at half the resolution)
     * in the sizes given.
     *
     * @param uri path or {@code file:} URI of the video
     * @param sizes of the JPEG pictures; at most 40 pictures each
     * @return for each size what {@link #pictures} gives; then FFmpeg alone, the exact way, the way
     *     straight from planes, and keyframes only, where a frame is compared with the keyframe
     *     before it
     */
    public List<DecodeRow> video(String uri, List<ImageSize> sizes) throws Exception {
        Preprocessing preprocessing = model.manifest().preprocessing();
        VideoDecodes video = new VideoDecodes(uri, preprocessing);
        List<DecodeRow> rows = new ArrayList<>();
        try (ImageEncoder encoder = ImageEncoder.open(model, EncoderOptions.defaults())) {
            List<Picture> pictures = video.pictures(MOST_PICTURES);
            for (ImageSize size : sizes) {
                List<byte[]> jpegs = CameraJpeg.of(pictures, size);
                rows.addAll(stills(encoder).rows("JPEG " + size, jpegs, rounds));
            }
            rows.addAll(video.rows(comparison(encoder), rounds));
            return rows;
        }
    }

    private StillDecodes stills(ImageEncoder encoder) {
        return new StillDecodes(model.manifest().preprocessing(), comparison(encoder));
    }

    private CropComparison comparison(ImageEncoder encoder) {
        return new CropComparison(model.manifest().preprocessing(), encoder, labels);
    }
}
