package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import io.frametag.models.picture.Picture;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.IntPointer;

/** Turns pictures the way a video says it is to be shown: phones film lying on their side. */
final class Rotation {

    private static final int MATRIX_BYTES = 36;

    private Rotation() {}

    /** Quarter turns to the right, from 0 to 3, that the video's display matrix asks for. */
    static int quarterTurns(AVCodecParameters parameters) {
        if (parameters.nb_coded_side_data() == 0) {
            return 0;
        }
        AVPacketSideData matrix =
                av_packet_side_data_get(
                        parameters.coded_side_data(),
                        parameters.nb_coded_side_data(),
                        AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.size() < MATRIX_BYTES) {
            return 0;
        }
        double toTheLeft = av_display_rotation_get(new IntPointer(matrix.data()));
        return Double.isNaN(toTheLeft) ? 0 : Math.floorMod(Math.round(-toTheLeft / 90), 4);
    }

    static Picture turn(Picture picture, int quarterTurns) {
        return picture.turned(quarterTurns);
    }
}
