package io.frametag.connectors.video;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureCodec;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import java.util.ArrayList;
import java.util.List;

/** The ways from a JPEG picture to a model's input, each timed and compared. */
final class StillDecodes {

    private final Preprocessing preprocessing;
    private final CropComparison comparison;

    StillDecodes(Preprocessing preprocessing, CropComparison comparison) {
        this.preprocessing = preprocessing;
        this.comparison = comparison;
    }

    /** What a way makes of one picture. */
    private interface Way {
        Picture crop(byte[] jpeg) throws PictureException;
    }

    /**
     * FFmpeg alone, the exact way, the full decode and the reduced one.
     *
     * @param name of the pictures
     */
    List<DecodeRow> rows(String name, List<byte[]> jpegs, int rounds) throws Exception {
        PictureLimits limits = PictureLimits.defaults();
        Preprocessor preprocessor = new Preprocessor(preprocessing);
        try (BareJpegDecoder bare = new BareJpegDecoder();
                PictureDecoder full = new PictureDecoder(limits);
                PictureDecoder reduced = PictureDecoder.reduced(limits, preprocessing.size())) {
            Way exactWay = jpeg -> preprocessor.crop(full.decode(jpeg, PictureCodec.JPEG));
            Way fullWay = jpeg -> full.crop(jpeg, PictureCodec.JPEG, preprocessor);
            Way reducedWay = jpeg -> reduced.crop(jpeg, PictureCodec.JPEG, preprocessor);
            TimedWays.Times[] times =
                    TimedWays.run(
                            rounds,
                            jpegs.size(),
                            () -> jpegs.forEach(bare::decode),
                            () -> crops(jpegs, exactWay),
                            () -> crops(jpegs, fullWay),
                            () -> crops(jpegs, reducedWay));
            List<Picture> exact = crops(jpegs, exactWay);
            return List.of(
                    CropComparison.row(name + ", FFmpeg alone (c)", times[0]),
                    comparison.row(name + ", RGB first (exact)", times[1], exact, exact),
                    comparison.row(name + ", full", times[2], exact, crops(jpegs, fullWay)),
                    comparison.row(name + ", reduced", times[3], exact, crops(jpegs, reducedWay)));
        }
    }

    private static List<Picture> crops(List<byte[]> jpegs, Way way) throws PictureException {
        List<Picture> crops = new ArrayList<>();
        for (byte[] jpeg : jpegs) {
            crops.add(way.crop(jpeg));
        }
        return crops;
    }
}
