package io.frametag.models.picture;

import static org.bytedeco.ffmpeg.global.avutil.*;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/** Tells which of FFmpeg's frames can be taken as planes, and what their colours mean. */
final class FramePlanes {

    private FramePlanes() {}

    /**
     * The planes of a decoded still, which borrow the frame's memory; null where its colours are
     * another matter.
     */
    static @Nullable YuvPlanes of(AVFrame frame, PictureCodec codec) {
        return switch (codec) {
            case JPEG -> jpeg(frame);
            case H264, HEVC -> video(frame);
            case PNG, WEBP -> null;
        };
    }

    private static @Nullable YuvPlanes jpeg(AVFrame frame) {
        int width = frame.width();
        int height = frame.height();
        if (frame.format() == AV_PIX_FMT_GRAY8 && SamplePlane.isReadable(frame, 0, width)) {
            SamplePlane y = SamplePlane.borrow(frame, 0, width, height);
            return new YuvPlanes(y, null, null, ChromaGrid.repeated(0, 0), YuvMatrix.JPEG);
        }
        if (!isEightBitYuv(frame.format())) {
            return null;
        }
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(frame.format());
        int across = descriptor.log2_chroma_w();
        int down = descriptor.log2_chroma_h();
        return planes(frame, ChromaGrid.ofJpeg(across, down, width), YuvMatrix.JPEG);
    }

    /**
     * The planes of a frame of a video, which borrow its memory; null where it has none of bytes,
     * or where swscale would not simply repeat the samples of colour.
     */
    static @Nullable YuvPlanes video(AVFrame frame) {
        int format = frame.format();
        boolean repeats =
                format == AV_PIX_FMT_YUV420P
                        || format == AV_PIX_FMT_YUVJ420P
                        || format == AV_PIX_FMT_YUV422P
                        || format == AV_PIX_FMT_YUVJ422P;
        if (!repeats || frame.height() % 2 != 0) {
            return null;
        }
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
        ChromaGrid grid =
                ChromaGrid.repeated(descriptor.log2_chroma_w(), descriptor.log2_chroma_h());
        return planes(frame, grid, matrix(frame.colorspace(), isFullRange(frame)));
    }

    /** As swscale takes them: what it does not know, and YCgCo, counts as BT.601. */
    private static YuvMatrix matrix(int colorspace, boolean fullRange) {
        return switch (colorspace) {
            case AVCOL_SPC_BT709 -> YuvMatrix.of(0.2126, 0.0722, fullRange, true);
            case AVCOL_SPC_FCC -> YuvMatrix.of(0.30, 0.11, fullRange, true);
            case AVCOL_SPC_SMPTE240M -> YuvMatrix.of(0.212, 0.087, fullRange, true);
            case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL ->
                    YuvMatrix.of(0.2627, 0.0593, fullRange, true);
            default -> YuvMatrix.of(0.299, 0.114, fullRange, true);
        };
    }

    /** Whether all 256 levels are used. */
    static boolean isFullRange(AVFrame frame) {
        int format = frame.format();
        return frame.color_range() == AVCOL_RANGE_JPEG
                || format == AV_PIX_FMT_YUVJ420P
                || format == AV_PIX_FMT_YUVJ422P
                || format == AV_PIX_FMT_YUVJ444P
                || format == AV_PIX_FMT_YUVJ440P
                || format == AV_PIX_FMT_YUVJ411P;
    }

    private static @Nullable YuvPlanes planes(AVFrame frame, ChromaGrid grid, YuvMatrix matrix) {
        int width = frame.width();
        int height = frame.height();
        int halfWidth = ChromaGrid.halved(width, grid.across());
        int halfHeight = ChromaGrid.halved(height, grid.down());
        if (!SamplePlane.isReadable(frame, 0, width)
                || !SamplePlane.isReadable(frame, 1, halfWidth)
                || !SamplePlane.isReadable(frame, 2, halfWidth)) {
            return null;
        }
        return new YuvPlanes(
                SamplePlane.borrow(frame, 0, width, height),
                SamplePlane.borrow(frame, 1, halfWidth, halfHeight),
                SamplePlane.borrow(frame, 2, halfWidth, halfHeight),
                grid,
                matrix);
    }

    /** Whether brightness and colours lie in three planes of bytes. */
    static boolean isEightBitYuv(int format) {
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
        return descriptor != null
                && (descriptor.flags() & AV_PIX_FMT_FLAG_RGB) == 0
                && (descriptor.flags() & AV_PIX_FMT_FLAG_PLANAR) != 0
                && descriptor.nb_components() >= 3
                && descriptor.comp(0).depth() == 8;
    }
}
